package io.lyascope.dynamics;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The measurement of a feed-forward network, input after input: resumable at any block of inputs,
 * and of use before the last. Belongs to one thread at a time.
 */
public final class FeedForwardFlow {

  /** Tangent vectors that are carried at once, so that a weight is read once for all of them. */
  private static final int BLOCK = 256;

  private final FeedForward network;
  private final Matrix inputs;
  private final Set<FiniteTimeDetail> details;
  private final Sweep sweep;
  private final int vectors;
  private final Kernels kernels = new Kernels();
  private final LargestStretch largest;
  private final List<Stretching> done = new ArrayList<>();

  private FeedForwardFlow(FeedForward network, Matrix inputs, Set<FiniteTimeDetail> details) {
    this.network = network;
    this.inputs = inputs;
    this.details = Set.copyOf(details);
    this.sweep = Sweep.of(network);
    this.vectors = Sweep.vectors(network);
    this.largest = new LargestStretch(sweep, vectors, kernels);
  }

  /**
   * Prepares the measurement of a probe's inputs.
   *
   * @param protocol of which only {@code sequences} matters here
   * @throws RefusedException where the snapshot, the probe or the protocol cannot be measured
   */
  public static FeedForwardFlow begin(
      Snapshot snapshot, Probe probe, Protocol protocol, Set<FiniteTimeDetail> details) {
    FeedForward network = FeedForward.of(snapshot);
    return over(network, ProbeInputs.of(probe, network, protocol), details);
  }

  /** Prepares the measurement of inputs, one a row. */
  static FeedForwardFlow over(FeedForward network, Matrix inputs, Set<FiniteTimeDetail> details) {
    return new FeedForwardFlow(network, inputs, details);
  }

  /**
   * Measures at least one block of inputs, and more while there is time.
   *
   * @return whether all inputs are done
   * @throws RefusedException of kind {@code diverged}
   */
  public boolean advance(Duration budget) {
    long begin = System.nanoTime();
    do {
      block();
    } while (done.size() < inputs.rows() && System.nanoTime() - begin < budget.toNanos());
    return done.size() == inputs.rows();
  }

  /** Measures all inputs that are left. */
  public FiniteTimeExponents finish() {
    while (done.size() < inputs.rows()) {
      block();
    }
    return exponents();
  }

  /** The exponents of the inputs that are done, of which there must be one. */
  public FiniteTimeExponents exponents() {
    return FiniteTimeExponents.of(
        network.hidden().size(), done.size() == inputs.rows(), List.copyOf(done));
  }

  private void block() {
    int first = done.size();
    int count = Math.clamp(BLOCK / vectors, 1, inputs.rows() - first);
    List<Matrix> slopes = network.slopes(inputs.rows(first, count), first, kernels);
    Matrix all = ScaledRows.identities(count, vectors);
    int[] powers = new int[count];
    List<FeedForward.Layer> layers = sweep.order(network.hidden());
    List<Matrix> ordered = sweep.orderSlopes(slopes);
    for (int l = 0; l < layers.size(); l++) {
      all = sweep.push(layers.get(l), ordered.get(l), all, kernels);
      ScaledRows.normalize(all, powers);
    }
    for (int c = 0; c < count; c++) {
      done.add(stretching(all.rows(c * vectors, vectors), powers[c], slopes, c));
    }
  }

  private Stretching stretching(Matrix tangents, int power, List<Matrix> slopes, int row) {
    int depth = network.hidden().size();
    double log = Math.log(largest.of(tangents)) + power * Math.log(2);
    Optional<List<Double>> direction =
        details.contains(FiniteTimeDetail.DIRECTIONS)
            ? Optional.of(largest.direction(tangents))
            : Optional.empty();
    Optional<List<Double>> spectrum =
        details.contains(FiniteTimeDetail.SINGULAR_SPECTRUM)
            ? Optional.of(new SingularSpectrum(network, sweep, kernels).of(slopes, row))
            : Optional.empty();
    return new Stretching(log / depth, direction, spectrum);
  }
}
