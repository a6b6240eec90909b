package io.lyascope.server.corpus;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * A run at one moment of its training.
 *
 * @param progress 0..1 of the planned training
 * @param exponents descending, nats per step (rate networks: per unit time)
 * @param dead how many of them are minus infinity or unresolved
 * @param scalars what the process had measured of itself, by name
 */
record Stage(
    double progress, long step, List<Double> exponents, int dead, Map<String, Double> scalars) {

  /** What a file keeps of a number; a measurement's error is larger. */
  private static final int SIGNIFICANT_DIGITS = 6;

  Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("progress", rounded(progress));
    fields.put("step", step);
    fields.put("exponents", exponents.stream().map(Stage::rounded).toList());
    fields.put("dead", dead);
    Map<String, Double> numbers = new TreeMap<>(scalars);
    numbers.replaceAll((_, value) -> rounded(value));
    fields.put("scalars", numbers);
    return fields;
  }

  static Stage of(JsonObject fields) throws JsonException {
    double[] exponents = required(fields.numbers("exponents"), "exponents");
    var scalars = fields.object("scalars");
    return new Stage(
        fields.number("progress").orElseThrow(() -> missing("progress")),
        fields.integer("step").orElse(0),
        DoubleStream.of(exponents).boxed().toList(),
        fields.smallInteger("dead").orElseGet(() -> infinite(exponents)),
        scalars.isPresent() ? scalars.get().allNumbers() : Map.of());
  }

  /** What is dead at least, where another program did not count. */
  private static int infinite(double[] exponents) {
    return (int) Arrays.stream(exponents).filter(e -> e == Double.NEGATIVE_INFINITY).count();
  }

  private static <T> T required(Optional<T> value, String field) throws JsonException {
    return value.orElseThrow(() -> missing(field));
  }

  private static JsonException missing(String field) {
    return new JsonException("field stages." + field + " is missing");
  }

  private static double rounded(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value;
    }
    return new BigDecimal(value).round(new MathContext(SIGNIFICANT_DIGITS)).doubleValue();
  }
}
