package io.lyascope.server.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known and what is unread of one run. It only decides: it keeps no time, knows no threads
 * and is confined to the lock of its {@link Mailroom}.
 */
final class Mailbox {

  /** How many measured snapshots are remembered; older ones are stale by their step anyway. */
  private static final int REMEMBERED = 4096;

  private final Patience patience;
  private final Deque<Arrival> unread = new ArrayDeque<>();

  /** What is owed a reading: unread, being measured, or measured and not stored yet. */
  private final Map<SnapshotKey, Claims> owed = new HashMap<>();

  private final Map<SnapshotKey, Settlement> settled = new Remembered();
  private Optional<KnownProbe> probe = Optional.empty();
  private Optional<SnapshotKey> measuring = Optional.empty();
  private Optional<SnapshotKey> newest = Optional.empty();
  private Optional<Duration> pace = Optional.empty();

  Mailbox(Patience patience) {
    this.patience = patience;
  }

  /** Takes the snapshot in, or says why not. */
  Offer offer(Arrival arrival) {
    Offer answer = judge(arrival.claims());
    if (!(answer instanceof Offer.Kept)) {
      return answer;
    }
    unread.add(arrival);
    return new Offer.Kept(supersede());
  }

  /** Lets the oldest unread snapshots go that cannot be worked off in time. */
  private List<Arrival> supersede() {
    List<Arrival> superseded = new ArrayList<>();
    // Without a probe nothing is worked off at all.
    while (unread.size() > 1 && (probe.isEmpty() || !patience.suffices(unread, pace))) {
      Arrival oldest = unread.remove();
      owed.remove(oldest.key());
      superseded.add(oldest);
    }
    return superseded;
  }

  /**
   * Takes note of a snapshot that is refused without being measured. What is unread stays: a bad
   * snapshot does not cost a good one its reading.
   */
  Offer refuse(Claims claims) {
    return judge(claims);
  }

  private Offer judge(Claims claims) {
    SnapshotKey key = claims.key();
    Claims former = owed.get(key);
    if (former != null) {
      former.join(claims);
      return new Offer.Joined();
    }
    if (isSettled(key)) {
      return new Offer.Duplicate();
    }
    if (newest.filter(key::isBefore).isPresent()) {
      return new Offer.Stale();
    }
    settled.remove(key);
    owed.put(key, claims);
    advanceTo(key);
    return new Offer.Kept(List.of());
  }

  private boolean isSettled(SnapshotKey key) {
    return switch (settled.get(key)) {
      case FINAL -> true;
      // It was refused for want of a probe. Now that there is one, its sender may try again.
      case NO_PROBE -> probe.isEmpty();
      case null -> false;
    };
  }

  /** The probe that later measurements use. */
  void probe(KnownProbe arrived) {
    probe = Optional.of(arrived);
  }

  /** Whether a measurement could start now. */
  boolean isReady() {
    return probe.isPresent() && measuring.isEmpty() && !unread.isEmpty();
  }

  /** Starts the oldest unread snapshot; only when {@link #isReady()}. */
  Job start() {
    Arrival next = unread.remove();
    measuring = Optional.of(next.key());
    return new Job(next, probe.orElseThrow());
  }

  /**
   * The measurement in progress has led to a reading, which is still to be stored.
   *
   * @param worked how long it took; what follows is expected to take as long
   * @return the unread snapshots that, seen in this light, are superseded
   */
  List<Arrival> finish(Duration worked) {
    measuring = Optional.empty();
    pace = Optional.of(worked);
    return supersede();
  }

  /** The reading of what was owed one is stored, or never can be: nothing is owed any more. */
  void stored(SnapshotKey key, Settlement settlement) {
    owed.remove(key);
    settle(key, settlement);
  }

  /** How long a measurement took in an earlier life of the monitor. */
  void pace(Duration worked) {
    pace = Optional.of(worked);
  }

  /** Remembers a snapshot that has its reading; what is older is stale from now on. */
  void settle(SnapshotKey key, Settlement settlement) {
    settled.put(key, settlement);
    advanceTo(key);
  }

  /**
   * Takes out the snapshots that came before {@code limit} and still lack a probe, to be refused.
   */
  List<Arrival> expire(Instant limit) {
    if (probe.isPresent()) {
      return List.of();
    }
    List<Arrival> expired = unread.stream().filter(a -> a.at().isBefore(limit)).toList();
    unread.removeAll(expired);
    return expired;
  }

  /** Whether nothing is unread or being measured. */
  boolean isIdle() {
    return measuring.isEmpty() && unread.isEmpty();
  }

  int probeBytes() {
    return probe.map(KnownProbe::bytes).orElse(0);
  }

  /** Frees the probe's memory and says how much that is. */
  int forgetProbe() {
    int bytes = probeBytes();
    probe = Optional.empty();
    return bytes;
  }

  int unreadCount() {
    return unread.size();
  }

  private void advanceTo(SnapshotKey key) {
    if (newest.isEmpty() || newest.get().isBefore(key)) {
      newest = Optional.of(key);
    }
  }

  /** How a snapshot came to its reading. */
  enum Settlement {
    /** It was measured, or cannot be. */
    FINAL,
    /** It was refused because no probe had come in time. */
    NO_PROBE
  }

  private static final class Remembered extends LinkedHashMap<SnapshotKey, Settlement> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<SnapshotKey, Settlement> eldest) {
      return size() > REMEMBERED;
    }
  }
}
