package io.lyascope.server.reading;

import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    fields.put("neg_inf", exponents.negativeInfinities());
    fields.put("mean_finite", exponents.meanFinite());
    fields.put("standard_deviation_finite", exponents.standardDeviationFinite());
    fields.put("min_finite", exponents.minFinite());
    fields.put("contrast", exponents.contrast());
    exponents.directions().ifPresent(directions -> fields.put("directions", directions));
    exponents.singularSpectra().ifPresent(spectra -> fields.put("singular_spectra", spectra));
    return fields;
  }

  /**
   * Reads the exponents of the inputs; all that follows from them is computed anew. Directions and
   * singular spectra are the command line's and stand in no reading.
   */
  static Layered read(JsonObject fields, JsonObject finiteTime) throws JsonException {
    List<Double> perInput =
        finiteTime
            .numbers("per_input")
            .map(numbers -> DoubleStream.of(numbers).boxed().toList())
            .orElseThrow(() -> ReadingJson.missing("per_input"));
    if (perInput.isEmpty()) {
      throw new JsonException("field per_input is empty");
    }
    FiniteTimeExponents exponents =
        FiniteTimeExponents.of(
            finiteTime.smallInteger("layers").orElseThrow(() -> ReadingJson.missing("layers")),
            fields.truth("complete").orElse(true),
            perInput,
            Optional.empty(),
            Optional.empty());
    double elapsed = number(fields, "elapsed_seconds");
    return new Layered(exponents, elapsed, fields.integer("same_as_step"));
  }

  private static double number(JsonObject fields, String field) throws JsonException {
    return fields.number(field).orElseThrow(() -> ReadingJson.missing(field));
  }
}
