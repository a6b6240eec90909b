package io.lyascope.server.runs;

import io.lyascope.server.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The reference readings of a run by step. A later attempt replaces what earlier ones left from its
 * first step on, so that there is one line and no step twice. Once it is full it is thinned to
 * half, keeping lows and highs of the largest exponent and what was refused.
 */
final class History {

  static final int CAPACITY = 2000;

  private final TreeMap<Long, Reading> byStep = new TreeMap<>();
  private final ToDoubleFunction<Reading> value;
  private int thinnedOut;

  /**
   * @param value what low and high are told by; not finite where there is none
   */
  History(ToDoubleFunction<Reading> value) {
    this.value = value;
  }

  void add(Reading reading) {
    var before = byStep.floorEntry(reading.step());
    if (before != null && before.getValue().attempt() > reading.attempt()) {
      return;
    }
    truncate(reading.step(), reading.attempt());
    byStep.put(reading.step(), reading);
    if (byStep.size() > CAPACITY) {
      thin();
    }
  }

  /** Forgets what attempts before {@code attempt} left at this step and later. */
  void truncate(long fromStep, int attempt) {
    byStep.tailMap(fromStep, true).values().removeIf(old -> old.attempt() < attempt);
  }

  private void thin() {
    List<Reading> kept = Decimation.of(List.copyOf(byStep.values()), CAPACITY / 2, value);
    thinnedOut += byStep.size() - kept.size();
    byStep.clear();
    kept.forEach(reading -> byStep.put(reading.step(), reading));
  }

  Optional<Reading> latest() {
    return byStep.isEmpty() ? Optional.empty() : Optional.of(byStep.lastEntry().getValue());
  }

  /** The reading of this step, or else of the nearest step before it. */
  Optional<Reading> at(long step) {
    return Optional.ofNullable(byStep.floorEntry(step)).map(entry -> entry.getValue());
  }

  /** The readings of {@code from <= step <= to}, decimated. */
  List<Reading> between(long from, long to, int points) {
    return from > to
        ? List.of()
        : Decimation.of(
            new ArrayList<>(byStep.subMap(from, true, to, true).values()), points, value);
  }

  /** How many readings there were, those that were thinned out included. */
  int total() {
    return byStep.size() + thinnedOut;
  }
}
