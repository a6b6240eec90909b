package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/**
 * A network without recurrence: x' = g(W x + b) from layer to layer, or x' = x + g(W x + b) where a
 * residual network has a square weight. The readout, its last layer, is left out.
 */
public final class FeedForward {

  private record Layer(Matrix weight, double[] bias, boolean residual) {}

  private final Activation activation;
  private final List<Layer> layers;

  private FeedForward(Activation activation, List<Layer> layers) {
    this.activation = activation;
    this.layers = layers;
  }

  /** Whether a snapshot is of such a network; what else there is has a spectrum. */
  public static boolean describes(Snapshot snapshot) {
    return snapshot.architecture().cell().equals("feedforward");
  }

  /**
   * Measures every input of a probe.
   *
   * @param protocol of which only {@code sequences} matters here
   * @throws RefusedException where the snapshot, the probe or the protocol cannot be measured
   */
  public static FiniteTimeExponents measure(Snapshot snapshot, Probe probe, Protocol protocol) {
    FeedForward network = of(snapshot);
    Tensor inputs =
        probe
            .tensor("inputs")
            .orElseThrow(() -> ProbeTensors.refused("inputs", "the probe has no inputs"));
    int width = network.layers.getFirst().weight.columns();
    int[] shape = inputs.shape();
    if (shape.length != 2 || shape[1] != width || shape[0] < 1) {
      throw ProbeTensors.refused(
          "inputs",
          "inputs have shape %s, the network wants [inputs, %d]"
              .formatted(inputs.shapeText(), width));
    }
    ProbeTensors.requireFinite(inputs);
    double[] values = inputs.toDoubles();
    double[] exponents = new double[Drive.sequences(protocol, shape[0])];
    for (int b = 0; b < exponents.length; b++) {
      exponents[b] = network.exponent(values, b * width, b);
    }
    return new FiniteTimeExponents(
        network.layers.size(),
        Estimate.mean(exponents),
        Math.sqrt(Estimate.variance(exponents)),
        DoubleStream.of(exponents).min().orElseThrow(),
        DoubleStream.of(exponents).max().orElseThrow(),
        DoubleStream.of(exponents).boxed().toList());
  }

  private static FeedForward of(Snapshot snapshot) {
    Architecture architecture = snapshot.architecture();
    Parameters parameters = new Parameters(snapshot);
    Activation activation = Cells.activation(architecture, Activation.TANH, Activation.RELU);
    boolean residual = new Hyper(architecture).truth("residual");
    List<Layer> all = new ArrayList<>();
    OptionalInt width =
        architecture.inputSize() > 0
            ? OptionalInt.of(architecture.inputSize())
            : OptionalInt.empty();
    for (int l = 0; l < 2 || parameters.has("layers." + l + ".weight"); l++) {
      Layer layer = layer(parameters, "layers." + l, width, residual);
      width = OptionalInt.of(layer.weight.rows());
      all.add(layer);
    }
    Parameters.requireFiniteWeights(snapshot);
    return new FeedForward(activation, List.copyOf(all.subList(0, all.size() - 1)));
  }

  private static Layer layer(
      Parameters parameters, String name, OptionalInt width, boolean residual) {
    int[] shape = parameters.shape(name + ".weight");
    int rows = shape.length == 2 ? shape[0] : 1;
    int columns = width.orElse(shape.length == 2 ? shape[1] : 1);
    Matrix weight = parameters.matrix(name + ".weight", rows, columns);
    return new Layer(weight, parameters.bias(name + ".bias", rows), residual && rows == columns);
  }

  /** Pushes the input's directions through the hidden layers. */
  private double exponent(double[] values, int at, int index) {
    Matrix first = layers.getFirst().weight;
    double[] x = Arrays.copyOfRange(values, at, at + first.columns());
    Matrix directions = Matrix.identity(first.columns());
    Kernels kernels = new Kernels();
    int exponent = 0;
    for (Layer layer : layers) {
      int rows = layer.weight.rows();
      double[] a = new double[rows];
      Kernels.affine(layer.weight, x, layer.bias, a);
      Matrix pushed = Matrix.zeros(rows, directions.columns());
      kernels.multiply(layer.weight, directions, pushed, Kernels.Target.SET);
      double[] next = new double[rows];
      for (int i = 0; i < rows; i++) {
        next[i] = activation.value(a[i]) + (layer.residual ? x[i] : 0);
        Rows.scale(activation.slope(a[i]), pushed, i, pushed.values(), i);
        if (layer.residual) {
          Kernels.add(
              1,
              directions.values(),
              directions.row(i),
              pushed.values(),
              pushed.row(i),
              directions.columns());
        }
        if (!Double.isFinite(next[i])) {
          throw Diverged.at("activity", index, layers.indexOf(layer));
        }
      }
      x = next;
      directions = pushed;
      exponent += normalize(directions);
    }
    double largest = LargestSingularValue.of(directions, kernels);
    return (Math.log(largest) + exponent * Math.log(2)) / layers.size();
  }

  /** Divides by a power of two that brings the largest element near 1, and returns the power. */
  private static int normalize(Matrix matrix) {
    double largest = 0;
    for (double value : matrix.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return 0;
    }
    int power = Math.getExponent(largest);
    for (int i = 0; i < matrix.values().length; i++) {
      matrix.values()[i] = Math.scalb(matrix.values()[i], -power);
    }
    return power;
  }
}
