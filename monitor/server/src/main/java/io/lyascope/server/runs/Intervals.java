package io.lyascope.server.runs;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The last few intervals between events of one kind, and what is typical of them. */
final class Intervals {

  private static final int KEPT = 16;

  private final long[] nanos = new long[KEPT];
  private int added;

  void add(Duration interval) {
    nanos[added % KEPT] = Math.max(0, interval.toNanos());
    added++;
  }

  /** The median; empty before the first interval. */
  Optional<Duration> typical() {
    if (added == 0) {
      return Optional.empty();
    }
    long[] sorted = Arrays.copyOf(nanos, Math.min(added, KEPT));
    Arrays.sort(sorted);
    return Optional.of(Duration.ofNanos(sorted[sorted.length / 2]));
  }
}
