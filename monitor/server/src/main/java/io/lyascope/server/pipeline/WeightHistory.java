package io.lyascope.server.pipeline;

import io.lyascope.dynamics.RecurrentWeights;
import io.lyascope.dynamics.WeightUpdate;
import io.lyascope.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The recurrent weights of every run's last measured snapshot, so that the next one's can be
 * compared. Runs that rested longest are forgotten where memory runs short; their next snapshot has
 * no update.
 */
final class WeightHistory {

  /** Enough for the matrices of a hundred runs of 512 units with one gate. */
  static final long DEFAULT_LIMIT = 256L << 20;

  private record Seen(int attempt, long step, RecurrentWeights weights) {}

  private final long limit;

  /** In the order of their last use. */
  private final Map<String, Seen> byRun = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  /**
   * @param limit bytes of weights that are kept
   */
  WeightHistory(long limit) {
    this.limit = limit;
  }

  /** How a snapshot that was measured differs from the one before it in the same attempt. */
  Optional<WeightUpdate> update(Snapshot snapshot) {
    RecurrentWeights weights = RecurrentWeights.of(snapshot);
    Seen now = new Seen(snapshot.attempt(), snapshot.step(), weights);
    return replace(snapshot.run(), now)
        .filter(before -> before.attempt() == now.attempt() && before.step() < now.step())
        .flatMap(before -> WeightUpdate.between(before.weights(), weights, before.step()));
  }

  private synchronized Optional<Seen> replace(String run, Seen now) {
    Seen before = byRun.put(run, now);
    bytes += now.weights().bytes() - (before == null ? 0 : before.weights().bytes());
    var restingLongest = byRun.values().iterator();
    while (bytes > limit) {
      bytes -= restingLongest.next().weights().bytes();
      restingLongest.remove();
    }
    return Optional.ofNullable(before);
  }
}
