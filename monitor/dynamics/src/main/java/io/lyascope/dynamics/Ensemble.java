package io.lyascope.dynamics;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Feed-forward networks of the same layout and what they make of an input together: the entropy
 * H(x) = -sum_i &lt;p_i&gt; log &lt;p_i&gt; of their averaged class probabilities (Storm 2024,
 * figure 4(b)), in nats. It is 0 where all are certain of the same class and at most the logarithm
 * of the number of classes.
 *
 * <p>p is the softmax of the readout. A readout with a single component is that of a problem with
 * targets +1 and -1, whose output is tanh(b) (Storm 2024, figure 1): its probabilities are (1 +
 * tanh b)/2 and (1 - tanh b)/2.
 */
public final class Ensemble {

  /** Inputs that go through the networks at once. */
  private static final int BLOCK = 256;

  private final List<FeedForward> networks;

  private Ensemble(List<FeedForward> networks) {
    this.networks = networks;
  }

  /**
   * Checks that networks belong together.
   *
   * @param snapshots at least one
   * @throws RefusedException where one cannot be used, or is not like the first one
   */
  public static Ensemble of(List<Snapshot> snapshots) {
    List<FeedForward> networks = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      FeedForward network = FeedForward.of(snapshot);
      if (!networks.isEmpty() && !network.hasLayoutOf(networks.getFirst())) {
        throw new RefusedException(
            Kind.SHAPE,
            "lyascope.architecture",
            "run %s, step %d: its layers are not those of the first network of the ensemble"
                .formatted(snapshot.run(), snapshot.step()));
      }
      networks.add(network);
    }
    return new Ensemble(List.copyOf(networks));
  }

  /** How many classes the networks tell apart. */
  public int classes() {
    return Math.max(2, networks.getFirst().classes());
  }

  /**
   * The entropy at every input of a probe.
   *
   * @throws RefusedException of kind {@code probe}, {@code protocol} or {@code diverged}
   */
  public ClassEntropy entropy(Probe probe, Protocol protocol) {
    double[] entropies = entropy(ProbeInputs.of(probe, networks.getFirst(), protocol));
    return ClassEntropy.of(networks.size(), classes(), entropies);
  }

  /**
   * The entropy at every point of a grid, row by row.
   *
   * @throws RefusedException of kind {@code probe} or {@code diverged}
   */
  public double[] entropy(InputPlane plane, FieldGrid grid) {
    return entropy(plane.inputs(grid, networks.getFirst()));
  }

  private double[] entropy(Matrix inputs) {
    double[] entropy = new double[inputs.rows()];
    Kernels kernels = new Kernels();
    for (int first = 0; first < entropy.length; first += BLOCK) {
      Matrix block = inputs.rows(first, Math.min(BLOCK, entropy.length - first));
      Matrix mean = Matrix.zeros(block.rows(), classes());
      for (FeedForward network : networks) {
        Matrix readout = network.readout(block, first, kernels);
        for (int r = 0; r < block.rows(); r++) {
          double[] probabilities = probabilities(readout, r);
          double share = 1.0 / networks.size();
          Kernels.add(share, probabilities, 0, mean.values(), mean.row(r), classes());
        }
      }
      for (int r = 0; r < block.rows(); r++) {
        entropy[first + r] = entropy(mean, r);
      }
    }
    return entropy;
  }

  private static double[] probabilities(Matrix readout, int row) {
    int at = readout.row(row);
    if (readout.columns() == 1) {
      double field = readout.values()[at];
      return new double[] {1 / (1 + Math.exp(-2 * field)), 1 / (1 + Math.exp(2 * field))};
    }
    double[] weights = new double[readout.columns()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      largest = Math.max(largest, readout.values()[at + i]);
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(readout.values()[at + i] - largest);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static double entropy(Matrix probabilities, int row) {
    double entropy = 0;
    for (int i = 0; i < probabilities.columns(); i++) {
      double p = probabilities.values()[probabilities.row(row) + i];
      entropy -= p > 0 ? p * Math.log(p) : 0;
    }
    return Math.max(0, entropy);
  }
}
