package io.lyascope.server.pipeline;

import io.lyascope.kafka.DeadLetterReason;
import io.lyascope.kafka.Receipt;
import io.lyascope.kafka.SnapshotFile;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.TensorFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Snapshots and probes for tests that never measure them. */
final class Arrivals {

  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final KnownProbe PROBE =
      new KnownProbe.Usable(
          new Probe("validation", ProtocolPatch.NONE, TensorFile.of(Map.of(), List.of())), 100);

  /** A patience that keeps one unread snapshot. */
  static final Patience NEWEST_ONLY = new Patience(Duration.ZERO, 1, 0);

  private Arrivals() {}

  /** A snapshot of run {@code a}, attempt 0, whose digest follows from its step. */
  static Arrival step(long step) {
    return of("a", 0, step, "digest-" + step, NOON);
  }

  static Arrival of(String run, int attempt, long step, String digest, Instant at) {
    var file = new SnapshotFile(run, attempt, step, digest, new byte[0], at, new NoReceipt());
    return new Arrival(file, snapshot(run, attempt, step), at);
  }

  private static Snapshot snapshot(String run, int attempt, long step) {
    return new Snapshot(
        run,
        attempt,
        step,
        OptionalDouble.empty(),
        new Architecture("rnn", 1, 1, 1, true, "", "tanh", Map.of()),
        Map.of(),
        TensorFile.of(Map.of(), List.of()));
  }

  private record NoReceipt() implements Receipt {
    @Override
    public void done() {}

    @Override
    public void reject(DeadLetterReason reason, String message) {}
  }
}
