package io.lyascope.dynamics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * How strongly a feed-forward network stretches differences of its inputs, with depth in the role
 * of time: lambda_1(x) = (1/L) log sigma_max(D_L W_L .. D_1 W_1) over the L hidden layers (Storm
 * 2024, equation 1 and below), in nats per layer.
 *
 * @param layers hidden layers
 * @param complete whether all inputs were measured
 * @param mean over the inputs; negative infinity if one is
 * @param standardDeviation the population's; infinite if an input is
 * @param min over the inputs, negative infinity where no difference gets through
 * @param max over the inputs
 * @param negativeInfinities inputs of which no difference gets through
 * @param meanFinite over the other inputs; empty if there are none
 * @param standardDeviationFinite over the other inputs
 * @param minFinite over the other inputs
 * @param contrast how far the ridge stands above the background, see {@link RidgeContrast}; empty
 *     where nothing gets through anywhere
 * @param perInput lambda_1 in the order of the probe's inputs
 * @param directions of each input the unit vector that is stretched most ([inputs, D]), the first
 *     right singular vector of the Jacobian, its largest component positive; zeros where nothing
 *     gets through. Empty unless {@link FiniteTimeDetail#DIRECTIONS} was asked for
 * @param singularSpectra of each input (1/L) log sigma_i, i = 1..min(D, narrowest layer),
 *     descending; negative infinity for what is lost. Empty unless {@link
 *     FiniteTimeDetail#SINGULAR_SPECTRUM} was asked for
 */
public record FiniteTimeExponents(
    int layers,
    boolean complete,
    double mean,
    double standardDeviation,
    double min,
    double max,
    int negativeInfinities,
    OptionalDouble meanFinite,
    OptionalDouble standardDeviationFinite,
    OptionalDouble minFinite,
    OptionalDouble contrast,
    List<Double> perInput,
    Optional<List<List<Double>>> directions,
    Optional<List<List<Double>>> singularSpectra) {

  /** All that follows from the exponents of at least one input. */
  public static FiniteTimeExponents of(
      int layers,
      boolean complete,
      List<Double> perInput,
      Optional<List<List<Double>>> directions,
      Optional<List<List<Double>>> singularSpectra) {
    double[] all = perInput.stream().mapToDouble(Double::doubleValue).toArray();
    double[] finite = DoubleStream.of(all).filter(Double::isFinite).toArray();
    return new FiniteTimeExponents(
        layers,
        complete,
        Estimate.mean(all),
        Math.sqrt(Estimate.variance(all)),
        DoubleStream.of(all).min().orElseThrow(),
        DoubleStream.of(all).max().orElseThrow(),
        all.length - finite.length,
        DoubleStream.of(finite).average(),
        finite.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(Estimate.variance(finite))),
        DoubleStream.of(finite).min(),
        RidgeContrast.of(all),
        perInput,
        directions,
        singularSpectra);
  }

  static FiniteTimeExponents of(int layers, boolean complete, List<Stretching> inputs) {
    return of(
        layers,
        complete,
        inputs.stream().map(Stretching::exponent).toList(),
        all(inputs, Stretching::direction),
        all(inputs, Stretching::spectrum));
  }

  private static Optional<List<List<Double>>> all(
      List<Stretching> inputs, Function<Stretching, Optional<List<Double>>> part) {
    List<List<Double>> present =
        inputs.stream().flatMap(each -> part.apply(each).stream()).toList();
    return present.isEmpty() ? Optional.empty() : Optional.of(present);
  }
}
