package io.lyascope.server.reading;

import io.lyascope.dynamics.Interval;
import io.lyascope.dynamics.Intervals;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The object {@code interval}: 95 % intervals as pairs of numbers. */
final class IntervalJson {

  private IntervalJson() {}

  static Map<String, Object> fields(Intervals intervals) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("max", pair(intervals.max()));
    fields.put("min", pair(intervals.min()));
    fields.put("entropy_rate", pair(intervals.entropyRate()));
    fields.put("kaplan_yorke_dimension", intervals.kaplanYorkeDimension().map(IntervalJson::pair));
    fields.put("exponents", intervals.exponents().stream().map(IntervalJson::pair).toList());
    return fields;
  }

  static Intervals read(JsonObject fields) throws JsonException {
    return new Intervals(
        required(fields, "max"),
        required(fields, "min"),
        required(fields, "entropy_rate"),
        interval(fields, "kaplan_yorke_dimension"),
        exponents(fields));
  }

  private static List<Double> pair(Interval interval) {
    return List.of(interval.low(), interval.high());
  }

  private static List<Interval> exponents(JsonObject fields) throws JsonException {
    List<Interval> intervals = new ArrayList<>();
    if (fields.fields().get("exponents") instanceof List<?> pairs) {
      for (Object pair : pairs) {
        intervals.add(required(new JsonObject(Map.of("exponents", pair)), "exponents"));
      }
    }
    return List.copyOf(intervals);
  }

  private static Interval required(JsonObject fields, String field) throws JsonException {
    return interval(fields, field).orElseThrow(() -> ReadingJson.missing("interval." + field));
  }

  private static Optional<Interval> interval(JsonObject fields, String field) throws JsonException {
    Optional<double[]> pair = fields.numbers(field);
    if (pair.isPresent() && pair.get().length != 2) {
      throw new JsonException(
          "field interval." + field + " has " + pair.get().length + " numbers, wanted 2");
    }
    return pair.map(numbers -> new Interval(numbers[0], numbers[1]));
  }
}
