package io.lyascope.server.reading;

import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The object {@code finite_time} of a feed-forward network. */
final class FiniteTimeJson {

  private FiniteTimeJson() {}

  static Map<String, Object> fields(FiniteTimeExponents exponents) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("layers", exponents.layers());
    fields.put("mean", exponents.mean());
    fields.put("standard_deviation", exponents.standardDeviation());
    fields.put("min", exponents.min());
    fields.put("max", exponents.max());
    fields.put("per_input", exponents.perInput());
    return fields;
  }

  static Layered read(JsonObject fields, JsonObject finiteTime) throws JsonException {
    List<Double> perInput =
        finiteTime
            .numbers("per_input")
            .map(numbers -> DoubleStream.of(numbers).boxed().toList())
            .orElseThrow(() -> ReadingJson.missing("per_input"));
    FiniteTimeExponents exponents =
        new FiniteTimeExponents(
            finiteTime.smallInteger("layers").orElseThrow(() -> ReadingJson.missing("layers")),
            number(finiteTime, "mean"),
            number(finiteTime, "standard_deviation"),
            number(finiteTime, "min"),
            number(finiteTime, "max"),
            perInput);
    return new Layered(exponents, number(fields, "elapsed_seconds"));
  }

  private static double number(JsonObject fields, String field) throws JsonException {
    return fields.number(field).orElseThrow(() -> ReadingJson.missing(field));
  }
}
