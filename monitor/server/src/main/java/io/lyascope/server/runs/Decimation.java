package io.lyascope.server.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Draws many points with few, without hiding what a reader looks for: the first and the last point
 * stay, and of every bucket of neighbours the lowest and the highest. Where a bucket has a value
 * that is not finite, the first of those stays in place of the lowest.
 */
final class Decimation {

  private Decimation() {}

  /** At most {@code points} of the items, at least two, in their order. */
  static <T> List<T> of(List<T> items, int points, ToDoubleFunction<T> value) {
    if (items.size() <= Math.max(2, points)) {
      return List.copyOf(items);
    }
    TreeSet<Integer> kept = new TreeSet<>(List.of(0, items.size() - 1));
    int buckets = (points - 2) / 2;
    int inner = items.size() - 2;
    for (int b = 0; b < buckets; b++) {
      int from = 1 + (int) ((long) inner * b / buckets);
      int to = 1 + (int) ((long) inner * (b + 1) / buckets);
      keepExtremes(items, from, to, value, kept);
    }
    List<T> result = new ArrayList<>(kept.size());
    kept.forEach(i -> result.add(items.get(i)));
    return result;
  }

  private static <T> void keepExtremes(
      List<T> items, int from, int to, ToDoubleFunction<T> value, Set<Integer> kept) {
    int lowest = -1;
    int highest = -1;
    int absent = -1;
    for (int i = from; i < to; i++) {
      double v = value.applyAsDouble(items.get(i));
      if (!Double.isFinite(v)) {
        absent = absent < 0 ? i : absent;
        continue;
      }
      lowest = lowest < 0 || v < value.applyAsDouble(items.get(lowest)) ? i : lowest;
      highest = highest < 0 || v > value.applyAsDouble(items.get(highest)) ? i : highest;
    }
    for (int i : new int[] {absent >= 0 ? absent : lowest, highest}) {
      if (i >= 0) {
        kept.add(i);
      }
    }
  }
}
