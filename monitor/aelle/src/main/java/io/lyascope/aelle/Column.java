package io.lyascope.aelle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One number of a run as kernels see it, of about unit size.
 *
 * @param name of the scalar, hyper-parameter or component
 */
record Column(Source source, String name, Encoder encoder) {

  /** How a raw value becomes a number. */
  sealed interface Encoder {
    /** A number by its order among those of the training. */
    record Ranked(NormalScores scores) implements Encoder {}

    /** A number by its distance from the training's mean. */
    record Scaled(double mean, double scale) implements Encoder {}

    /** Whether a text is this one. */
    record Level(String value) implements Encoder {}

    /** Whether there is no value. */
    record Absent() implements Encoder {}
  }

  /** The number for a raw value; NaN where it is missing and that says nothing. */
  double encode(Object raw) {
    return switch (encoder) {
      case Encoder.Absent() -> raw == null ? 1 : 0;
      case Encoder.Level(String value) ->
          raw == null ? Double.NaN : text(raw).equals(value) ? 1 : 0;
      case Encoder.Ranked(NormalScores scores) ->
          raw instanceof Number number ? scores.score(number.doubleValue()) : Double.NaN;
      case Encoder.Scaled(double mean, double scale) ->
          raw instanceof Number number ? (number.doubleValue() - mean) / scale : Double.NaN;
    };
  }

  /** A text that is the same for 1 and 1.0. */
  static String text(Object raw) {
    return raw instanceof Number number ? String.valueOf(number.doubleValue()) : raw.toString();
  }

  Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("source", source.name());
    fields.put("name", name);
    switch (encoder) {
      case Encoder.Absent() -> fields.put("absent", true);
      case Encoder.Level(String value) -> fields.put("level", value);
      case Encoder.Ranked(NormalScores scores) -> fields.put("ranks", scores.knots());
      case Encoder.Scaled(double mean, double scale) -> {
        fields.put("mean", mean);
        fields.put("scale", scale);
      }
    }
    return fields;
  }
}
