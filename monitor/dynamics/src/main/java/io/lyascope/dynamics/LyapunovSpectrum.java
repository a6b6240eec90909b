package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A Lyapunov spectrum, the quantities derived from it, and how far both can be trusted.
 *
 * <p>Exponents are in nats per step (rate networks: per unit time), descending, as measured:
 * unresolved ones and negative infinities stay in the list. The other per-exponent lists follow the
 * same order.
 *
 * @param protocol as carried out, with the steps that the probe's length allowed
 * @param stopped why there are no more steps in it
 * @param converged whether the widest 95 % interval is below the protocol's tolerance
 * @param exponents the k measured exponents, means over the sequences
 * @param standardError sample standard deviation over sequences / sqrt(B); empty for B = 1
 * @param intervals 95 % intervals from batches; empty for a single batch
 * @param resolution the bound of the rounding error of each exponent
 * @param resolved how many have a resolution below 1e-7
 * @param dead the others
 * @param max of all k exponents
 * @param min of all k exponents
 * @param mean of all k exponents
 * @param variance the population's, of all k exponents
 * @param minFinite without the dead: negative infinities and unresolved ones; empty if all are
 * @param meanFinite likewise
 * @param varianceFinite likewise
 * @param negativeInfinities how many are exactly negative infinity
 * @param positive how many are above 0.01
 * @param nearZero how many lie within 0.01 of zero
 * @param entropyRate the sum of all positive exponents
 * @param kaplanYorkeDimension empty for a partial spectrum whose partial sums never turn negative
 * @param log10Condition of the pushed basis before its orthonormalisation, from the exponents
 * @param leadingVectorParticipationRatio mean of 1 / sum q^4 over the first column of Q
 * @param pcaDimension (sum l)^2 / sum l^2 of the eigenvalues of the covariance of h
 * @param pcaDimensionActivity the same of phi(h), for rate networks
 * @param gradient of the recurrent weights, where the snapshot has one that is finite and not zero
 */
public record LyapunovSpectrum(
    Protocol protocol,
    Stop stopped,
    boolean converged,
    List<Double> exponents,
    Optional<List<Double>> standardError,
    Optional<Intervals> intervals,
    List<Double> resolution,
    int resolved,
    int dead,
    double max,
    double min,
    double mean,
    double variance,
    OptionalDouble minFinite,
    OptionalDouble meanFinite,
    OptionalDouble varianceFinite,
    int negativeInfinities,
    int positive,
    int nearZero,
    double entropyRate,
    OptionalDouble kaplanYorkeDimension,
    double log10Condition,
    double leadingVectorParticipationRatio,
    double pcaDimension,
    OptionalDouble pcaDimensionActivity,
    Optional<GradientAnalysis> gradient) {

  /** Whether all counted steps were done. */
  public boolean complete() {
    return stopped == Stop.COMPLETE;
  }
}
