package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A network without recurrence: x' = g(W x + b) from layer to layer, or x' = x + g(W x + b) where a
 * residual network has a square weight (Storm 2024, with b = -theta). Its last layer is the
 * readout, which has no activation and takes no part in the exponents.
 */
public final class FeedForward {

  private static final Pattern LAYER = Pattern.compile("layers\\.\\d+\\.(weight|bias)");

  /** One layer; {@code residual} where its input is added to its output. */
  record Layer(Matrix weight, double[] bias, boolean residual) {}

  private final Activation activation;
  private final List<Layer> hidden;
  private final Layer readout;

  private FeedForward(Activation activation, List<Layer> layers) {
    this.activation = activation;
    this.hidden = List.copyOf(layers.subList(0, layers.size() - 1));
    this.readout = layers.getLast();
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
    return FeedForwardFlow.begin(snapshot, probe, protocol, Set.of()).finish();
  }

  /**
   * The network of a snapshot; depth and widths come from the tensors.
   *
   * @throws RefusedException naming the tensor that is missing, has the wrong shape or is not
   *     finite
   */
  static FeedForward of(Snapshot snapshot) {
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
    requireNoMore(parameters, all.size());
    Parameters.requireFiniteWeights(snapshot);
    return new FeedForward(activation, all);
  }

  /** A layer behind a gap is part of the network, too. */
  private static void requireNoMore(Parameters parameters, int layers) {
    Set<String> read =
        IntStream.range(0, layers)
            .boxed()
            .flatMap(l -> Stream.of("layers." + l + ".weight", "layers." + l + ".bias"))
            .collect(Collectors.toSet());
    if (!parameters.names().filter(LAYER.asMatchPredicate()).allMatch(read::contains)) {
      parameters.weights("layers." + layers + ".weight");
    }
  }

  private static Layer layer(
      Parameters parameters, String name, OptionalInt width, boolean residual) {
    int[] shape = parameters.shape(name + ".weight");
    if (shape.length == 2 && Math.min(shape[0], shape[1]) < 1) {
      throw new RefusedException(
          RefusedException.Kind.SHAPE,
          parameters.weights(name + ".weight").name(),
          "tensor %s.weight has shape %s, wanted at least 1 row and 1 column"
              .formatted(name, parameters.weights(name + ".weight").shapeText()));
    }
    int rows = shape.length == 2 ? shape[0] : 1;
    int columns = width.orElse(shape.length == 2 ? shape[1] : 1);
    Matrix weight = parameters.matrix(name + ".weight", rows, columns);
    return new Layer(weight, parameters.bias(name + ".bias", rows), residual && rows == columns);
  }

  /** The hidden layers, first to last. */
  List<Layer> hidden() {
    return hidden;
  }

  /** Components of an input. */
  int inputSize() {
    return hidden.getFirst().weight.columns();
  }

  /** Units of the last hidden layer. */
  int outputSize() {
    return hidden.getLast().weight.rows();
  }

  /** Components of the readout. */
  int classes() {
    return readout.weight.rows();
  }

  /** The fewest directions that any layer has room for; no Jacobian has a higher rank. */
  int narrowest() {
    return hidden.stream().mapToInt(layer -> layer.weight.rows()).reduce(inputSize(), Math::min);
  }

  /** Whether two networks have the same units in the same layers. */
  boolean hasLayoutOf(FeedForward other) {
    return shape().equals(other.shape()) && activation == other.activation;
  }

  private List<List<Integer>> shape() {
    return Stream.concat(hidden.stream(), Stream.of(readout))
        .map(layer -> List.of(layer.weight.rows(), layer.weight.columns(), layer.residual ? 1 : 0))
        .toList();
  }

  /**
   * The slopes g'(b) of every hidden layer: one matrix a layer, one row an input.
   *
   * @param inputs one a row
   * @param first the index of the first of them, for the error
   * @throws RefusedException of kind {@code diverged}
   */
  List<Matrix> slopes(Matrix inputs, int first, Kernels kernels) {
    List<Matrix> slopes = new ArrayList<>();
    Matrix x = inputs;
    for (Layer layer : hidden) {
      Matrix fields = fields(layer, x, kernels);
      x = activity(layer, x, fields);
      requireFinite(x, first, slopes.size());
      for (int i = 0; i < fields.values().length; i++) {
        fields.values()[i] = activation.slope(fields.values()[i]);
      }
      slopes.add(fields);
    }
    return slopes;
  }

  /**
   * The readout's local fields, one row an input.
   *
   * @throws RefusedException of kind {@code diverged}
   */
  Matrix readout(Matrix inputs, int first, Kernels kernels) {
    Matrix x = inputs;
    for (Layer layer : hidden) {
      x = activity(layer, x, fields(layer, x, kernels));
    }
    Matrix fields = fields(readout, x, kernels);
    requireFinite(fields, first, hidden.size());
    return fields;
  }

  /** W x + b. */
  private static Matrix fields(Layer layer, Matrix inputs, Kernels kernels) {
    int width = layer.weight.rows();
    Matrix fields = Matrix.zeros(inputs.rows(), width);
    kernels.multiplyTransposed(inputs, layer.weight, fields);
    for (int i = 0; i < fields.values().length; i++) {
      fields.values()[i] += layer.bias[i % width];
    }
    return fields;
  }

  private Matrix activity(Layer layer, Matrix inputs, Matrix fields) {
    Matrix activity = Matrix.zeros(fields.rows(), fields.columns());
    for (int r = 0; r < activity.rows(); r++) {
      for (int i = 0; i < activity.columns(); i++) {
        double value = activation.value(fields.values()[fields.row(r) + i]);
        double straight = layer.residual ? inputs.values()[inputs.row(r) + i] : 0;
        activity.values()[activity.row(r) + i] = value + straight;
      }
    }
    return activity;
  }

  private static void requireFinite(Matrix activity, int first, int layer) {
    for (int i = 0; i < activity.values().length; i++) {
      if (!Double.isFinite(activity.values()[i])) {
        throw Diverged.at("activity", first + i / activity.columns(), layer);
      }
    }
  }
}
