package io.lyascope.aelle;

import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of a run at one moment; anything may be missing.
 *
 * @param architecture which network it is
 * @param progress 0..1 of the planned training
 * @param plannedSteps how many steps the whole training is to take
 * @param spectrum a reference measurement
 * @param scalars what the process measured of itself so far, by name; NaN and infinities count
 * @param config hyper-parameters as the user named them; nested maps count by their dotted names
 */
public record Evidence(
    Optional<Architecture> architecture,
    OptionalDouble progress,
    OptionalDouble plannedSteps,
    Optional<Spectrum> spectrum,
    Map<String, Double> scalars,
    Map<String, Object> config) {

  /**
   * A measured spectrum, as far as a predictor looks at it.
   *
   * @param exponents descending, as measured; dead ones may be negative infinity
   * @param dead how many are negative infinity or unresolved: the last ones
   * @param protocol how they were measured
   */
  public record Spectrum(List<Double> exponents, int dead, Protocol protocol) {

    /** Of a finished measurement. */
    public static Spectrum of(LyapunovSpectrum measured) {
      return new Spectrum(measured.exponents(), measured.dead(), measured.protocol());
    }

    /** Copies the list. */
    public Spectrum {
      exponents = List.copyOf(exponents);
    }
  }
}
