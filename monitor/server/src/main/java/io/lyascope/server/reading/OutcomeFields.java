package io.lyascope.server.reading;

import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Protocol;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** An outcome as the fields of the wire format, which the command line and readings share. */
public final class OutcomeFields {

  private OutcomeFields() {}

  /**
   * The fields of a spectrum, or those of a feed-forward network, or the single field {@code
   * error}, in the order of the contract.
   */
  public static Map<String, Object> of(Outcome outcome) {
    return switch (outcome) {
      case Measured(LyapunovSpectrum spectrum, double elapsed, OptionalLong sameAsStep) -> {
        Map<String, Object> fields = measured(spectrum, elapsed);
        sameAsStep.ifPresent(step -> fields.put("same_as_step", step));
        yield fields;
      }
      case Layered(FiniteTimeExponents exponents, double elapsed, OptionalLong sameAsStep) -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("complete", exponents.complete());
        fields.put("finite_time", FiniteTimeJson.fields(exponents));
        fields.put("elapsed_seconds", elapsed);
        sameAsStep.ifPresent(step -> fields.put("same_as_step", step));
        yield fields;
      }
      case Refused refused -> Map.of("error", error(refused));
    };
  }

  /** The object {@code error}. */
  public static Map<String, Object> error(Refused refused) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", refused.kind().label());
    fields.put("field", refused.field());
    fields.put("message", refused.message());
    return fields;
  }

  private static Map<String, Object> measured(LyapunovSpectrum spectrum, double elapsed) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("state", state(spectrum.protocol()));
    fields.put("protocol", spectrum.protocol().toFields());
    fields.put("complete", spectrum.complete());
    fields.put("converged", spectrum.converged());
    fields.put("exponents", spectrum.exponents());
    fields.put("standard_error", spectrum.standardError());
    fields.put("resolution", spectrum.resolution());
    fields.put("resolved", spectrum.resolved());
    fields.put("dead", spectrum.dead());
    fields.put("max", spectrum.max());
    fields.put("min", spectrum.min());
    fields.put("mean", spectrum.mean());
    fields.put("variance", spectrum.variance());
    fields.put("min_finite", spectrum.minFinite());
    fields.put("mean_finite", spectrum.meanFinite());
    fields.put("variance_finite", spectrum.varianceFinite());
    fields.put("neg_inf", spectrum.negativeInfinities());
    fields.put("positive", spectrum.positive());
    fields.put("near_zero", spectrum.nearZero());
    fields.put("entropy_rate", spectrum.entropyRate());
    fields.put("kaplan_yorke_dimension", spectrum.kaplanYorkeDimension());
    fields.put("log10_condition", spectrum.log10Condition());
    fields.put("leading_vector_participation_ratio", spectrum.leadingVectorParticipationRatio());
    fields.put("pca_dimension", spectrum.pcaDimension());
    fields.put("pca_dimension_activity", spectrum.pcaDimensionActivity());
    fields.put("stopped", spectrum.stopped().label());
    fields.put("interval", spectrum.intervals().map(IntervalJson::fields));
    spectrum.gradient().ifPresent(gradient -> fields.put("gradient", RankJson.fields(gradient)));
    fields.put("elapsed_seconds", elapsed);
    return fields;
  }

  private static String state(Protocol protocol) {
    return protocol.state().name().toLowerCase(Locale.ROOT);
  }
}
