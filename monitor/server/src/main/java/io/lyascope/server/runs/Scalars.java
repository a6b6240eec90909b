package io.lyascope.server.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** All scalars of a run, by name. */
final class Scalars {

  /** Further names of one run are not kept. */
  static final int NAMES = 64;

  private final Map<String, Series> series = new LinkedHashMap<>();

  void put(long step, Map<String, Double> values) {
    values.forEach((name, value) -> {
      if (series.containsKey(name) || series.size() < NAMES) {
        series.computeIfAbsent(name, _ -> new Series()).put(step, value);
      }
    });
  }

  void truncate(long fromStep) {
    series.values().forEach(s -> s.truncate(fromStep));
  }

  /** The value of the highest step, under the first of these names that has any. */
  OptionalDouble last(String... names) {
    for (String name : names) {
      Series found = series.get(name);
      if (found != null && !found.isEmpty()) {
        return OptionalDouble.of(found.last());
      }
    }
    return OptionalDouble.empty();
  }

  /** Each series decimated to at most {@code points}, as lists of step and value. */
  Map<String, List<List<Object>>> between(long from, long to, int points) {
    Map<String, List<List<Object>>> result = new LinkedHashMap<>();
    series.forEach((name, s) -> result.put(name, pairs(s, from, to, points)));
    return Collections.unmodifiableMap(result);
  }

  /** The first of these names that has any values, decimated. */
  List<List<Object>> sparkline(int points, String... names) {
    for (String name : names) {
      Series found = series.get(name);
      if (found != null && !found.isEmpty()) {
        return pairs(found, Long.MIN_VALUE, Long.MAX_VALUE, points);
      }
    }
    return List.of();
  }

  private static List<List<Object>> pairs(Series series, long from, long to, int points) {
    return Decimation.of(series.between(from, to), points, Series.Point::value).stream()
        .map(point -> List.<Object>of(point.step(), point.value()))
        .toList();
  }
}
