package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Snapshot;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** From the tensors of a snapshot to the cell that its architecture names. */
final class Cells {

  private static final Pattern BACKWARD = Pattern.compile("(weight|bias)_[ih]h_l\\d+_reverse");

  /** The most units whose covariance, or one matrix of weights, fits into an array. */
  private static final int MOST_UNITS = 46_340;

  /** So that an input and some rows a unit are still a size. */
  private static final int MOST_INPUTS = 1 << 30;

  private final Architecture architecture;
  private final Parameters parameters;

  private Cells(Snapshot snapshot) {
    this.architecture = snapshot.architecture();
    this.parameters = new Parameters(snapshot);
  }

  /**
   * The cell of a snapshot.
   *
   * @throws RefusedException of kind {@code unsupported}, {@code missing_tensor}, {@code shape} or
   *     {@code nonfinite_weights}
   */
  static Cell of(Snapshot snapshot) {
    Cell cell = new Cells(snapshot).cell();
    Parameters.requireFiniteWeights(snapshot);
    return cell;
  }

  private Cell cell() {
    return switch (architecture.cell()) {
      case "rnn" -> {
        Activation phi = activation(architecture, Activation.TANH, Activation.RELU);
        yield stack(layer -> new RnnCell(weights(layer, 1), phi));
      }
      case "lstm" -> stack(layer -> new LstmCell(weights(layer, 4)));
      case "gru" -> stack(layer -> new GruCell(weights(layer, 3)));
      case "asrnn" -> single(ResidualCell::antisymmetric);
      case "lipschitz" -> single(ResidualCell::lipschitz);
      case "noisy" -> single(ResidualCell::noisy);
      case "cornn" -> single(CoRnnCell::of);
      case "lem" -> single(LemCell::of);
      case "rate" -> {
        Activation phi = activation(architecture, Activation.values());
        yield single((network, tensors) -> RateCell.of(network, tensors, phi));
      }
      default ->
          throw unsupported(
              "cell",
              architecture.cell(),
              "rnn, lstm, gru, asrnn, cornn, lipschitz, noisy, lem, rate, feedforward");
    };
  }

  /** The nonlinearity that an architecture names, if it is one of these. */
  static Activation activation(Architecture architecture, Activation... known) {
    String wanted = architecture.nonlinearity();
    return Stream.of(known)
        .filter(phi -> phi.label().equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            unsupported(
                "nonlinearity",
                wanted,
                Stream.of(known).map(Activation::label).collect(Collectors.joining(", "))));
  }

  private Cell stack(IntFunction<Cell> layer) {
    requireSizes();
    requireAtLeastOne("num_layers", architecture.layers());
    requireAtMost("num_layers", architecture.layers(), MOST_UNITS / architecture.hiddenSize());
    requireOneDirection();
    return architecture.layers() == 1
        ? layer.apply(0)
        : new Stack(IntStream.range(0, architecture.layers()).mapToObj(layer).toList());
  }

  private Cell single(BiFunction<Architecture, Parameters, Cell> cell) {
    requireSizes();
    if (architecture.layers() != 1) {
      throw unsupported("num_layers", Integer.toString(architecture.layers()), "1");
    }
    return cell.apply(architecture, parameters);
  }

  /** PyTorch's four tensors of a layer; without {@code bias} any bias in the file is not used. */
  private Weights weights(int layer, int gates) {
    int hidden = architecture.hiddenSize();
    int input = layer == 0 ? architecture.inputSize() : hidden;
    int rows = gates * hidden;
    Matrix fromInput = parameters.matrix("weight_ih_l" + layer, rows, input);
    Matrix fromState = parameters.matrix("weight_hh_l" + layer, rows, hidden);
    return Weights.of(
        fromInput,
        fromState,
        gates,
        parameters.bias("bias_ih_l" + layer, rows),
        parameters.bias("bias_hh_l" + layer, rows));
  }

  /** Half of a bidirectional network would be measured in silence: the rest has other names. */
  private void requireOneDirection() {
    parameters
        .names()
        .filter(BACKWARD.asMatchPredicate())
        .findFirst()
        .ifPresent(name -> {
          throw new RefusedException(
              Kind.UNSUPPORTED,
              architecture.prefix() + name,
              "tensor %s%s is of a bidirectional network, whose backward half runs against time"
                  .formatted(architecture.prefix(), name));
        });
  }

  /** Before anything is made of these sizes: an architecture may claim what it likes. */
  private void requireSizes() {
    requireAtLeastOne("hidden_size", architecture.hiddenSize());
    requireAtMost("hidden_size", architecture.hiddenSize(), MOST_UNITS);
    requireAtMost("input_size", architecture.inputSize(), MOST_INPUTS);
  }

  private static void requireAtLeastOne(String field, int value) {
    if (value < 1) {
      throw contradiction(field, value, "at least 1");
    }
  }

  private static void requireAtMost(String field, int value, int most) {
    if (value > most) {
      throw contradiction(field, value, "at most " + most);
    }
  }

  private static RefusedException contradiction(String field, int value, String wanted) {
    return new RefusedException(
        Kind.SHAPE,
        "lyascope.architecture." + field,
        "the architecture's " + field + " is " + value + ", wanted " + wanted);
  }

  private static RefusedException unsupported(String field, String found, String wanted) {
    return new RefusedException(
        Kind.UNSUPPORTED,
        "lyascope.architecture." + field,
        "the architecture's " + field + " is \"" + found + "\", known: " + wanted);
  }
}
