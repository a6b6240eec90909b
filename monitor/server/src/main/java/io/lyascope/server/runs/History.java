package io.lyascope.server.runs;

import io.lyascope.server.reading.OfStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The reference readings of a run, or its predictions, by step. A later attempt replaces what
 * earlier ones left from its first step on, so that there is one line and no step twice. Once it is
 * full it is thinned to half, keeping lows and highs of a value and what has none.
 */
final class History<T extends OfStep> {

  static final int CAPACITY = 2000;

  private final TreeMap<Long, T> byStep = new TreeMap<>();
  private final ToDoubleFunction<T> value;
  private int thinnedOut;

  /**
   * @param value what low and high are told by; not finite where there is none
   */
  History(ToDoubleFunction<T> value) {
    this.value = value;
  }

  void add(T item) {
    var before = byStep.floorEntry(item.step());
    if (before != null && before.getValue().attempt() > item.attempt()) {
      return;
    }
    truncate(item.step(), item.attempt());
    byStep.put(item.step(), item);
    if (byStep.size() > CAPACITY) {
      thin();
    }
  }

  /** Forgets what attempts before {@code attempt} left at this step and later. */
  void truncate(long fromStep, int attempt) {
    byStep.tailMap(fromStep, true).values().removeIf(old -> old.attempt() < attempt);
  }

  private void thin() {
    List<T> kept = Decimation.of(List.copyOf(byStep.values()), CAPACITY / 2, value);
    thinnedOut += byStep.size() - kept.size();
    byStep.clear();
    kept.forEach(item -> byStep.put(item.step(), item));
  }

  Optional<T> latest() {
    return byStep.isEmpty() ? Optional.empty() : Optional.of(byStep.lastEntry().getValue());
  }

  /** That of this step, or else of the nearest step before it. */
  Optional<T> at(long step) {
    return Optional.ofNullable(byStep.floorEntry(step)).map(entry -> entry.getValue());
  }

  /** Those of {@code from <= step <= to}, decimated. */
  List<T> between(long from, long to, int points) {
    return from > to
        ? List.of()
        : Decimation.of(
            new ArrayList<>(byStep.subMap(from, true, to, true).values()), points, value);
  }

  /** How many there were, those that were thinned out included. */
  int total() {
    return byStep.size() + thinnedOut;
  }
}
