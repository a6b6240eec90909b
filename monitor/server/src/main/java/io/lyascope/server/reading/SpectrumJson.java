package io.lyascope.server.reading;

import io.lyascope.dynamics.GradientAnalysis;
import io.lyascope.dynamics.Intervals;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.Stop;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Reads the fields that {@link OutcomeFields} wrote for a spectrum. */
final class SpectrumJson {

  private SpectrumJson() {}

  static Measured read(JsonObject fields) throws JsonException {
    double elapsed = number(fields, "elapsed_seconds");
    return new Measured(spectrum(fields), elapsed, fields.integer("same_as_step"));
  }

  private static LyapunovSpectrum spectrum(JsonObject fields) throws JsonException {
    return new LyapunovSpectrum(
        protocol(fields),
        stopped(fields),
        truth(fields, "converged"),
        numbers(fields, "exponents"),
        optionalNumbers(fields, "standard_error"),
        intervals(fields),
        numbers(fields, "resolution"),
        count(fields, "resolved"),
        count(fields, "dead"),
        number(fields, "max"),
        number(fields, "min"),
        number(fields, "mean"),
        number(fields, "variance"),
        fields.number("min_finite"),
        fields.number("mean_finite"),
        fields.number("variance_finite"),
        count(fields, "neg_inf"),
        count(fields, "positive"),
        count(fields, "near_zero"),
        number(fields, "entropy_rate"),
        fields.number("kaplan_yorke_dimension"),
        number(fields, "log10_condition"),
        number(fields, "leading_vector_participation_ratio"),
        number(fields, "pca_dimension"),
        fields.number("pca_dimension_activity"),
        gradient(fields));
  }

  private static Protocol protocol(JsonObject fields) throws JsonException {
    JsonObject protocol =
        fields.object("protocol").orElseThrow(() -> ReadingJson.missing("protocol"));
    try {
      return Protocol.DEFAULT.with(ProtocolPatch.parse(Json.write(protocol.fields())));
    } catch (RefusedException e) {
      throw new JsonException(e.getMessage());
    }
  }

  /** What is not complete and does not say why came from a monitor that had one reason only. */
  private static Stop stopped(JsonObject fields) throws JsonException {
    Optional<String> label = fields.string("stopped");
    if (label.isPresent()) {
      return Stop.ofLabel(label.get())
          .orElseThrow(() ->
              new JsonException("field stopped is \"" + label.get() + "\", which no reader knows"));
    }
    return truth(fields, "complete") ? Stop.COMPLETE : Stop.DEADLINE;
  }

  private static Optional<Intervals> intervals(JsonObject fields) throws JsonException {
    Optional<JsonObject> intervals = fields.object("interval");
    return intervals.isPresent()
        ? Optional.of(IntervalJson.read(intervals.get()))
        : Optional.empty();
  }

  private static Optional<GradientAnalysis> gradient(JsonObject fields) throws JsonException {
    Optional<JsonObject> gradient = fields.object("gradient");
    return gradient.isPresent() ? Optional.of(RankJson.gradient(gradient.get())) : Optional.empty();
  }

  private static boolean truth(JsonObject fields, String field) throws JsonException {
    return fields.truth(field).orElseThrow(() -> ReadingJson.missing(field));
  }

  private static int count(JsonObject fields, String field) throws JsonException {
    return fields.smallInteger(field).orElseThrow(() -> ReadingJson.missing(field));
  }

  private static double number(JsonObject fields, String field) throws JsonException {
    return fields.number(field).orElseThrow(() -> ReadingJson.missing(field));
  }

  private static List<Double> numbers(JsonObject fields, String field) throws JsonException {
    return optionalNumbers(fields, field).orElseThrow(() -> ReadingJson.missing(field));
  }

  private static Optional<List<Double>> optionalNumbers(JsonObject fields, String field)
      throws JsonException {
    return fields.numbers(field).map(numbers -> DoubleStream.of(numbers).boxed().toList());
  }
}
