package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Snapshot;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** From the tensors of a snapshot to the cell that its architecture names. */
final class Cells {

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
              "rnn, lstm, gru, asrnn, cornn, lipschitz, noisy, lem, rate");
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
    requirePositive("hidden_size", architecture.hiddenSize());
    requirePositive("num_layers", architecture.layers());
    return architecture.layers() == 1
        ? layer.apply(0)
        : new Stack(IntStream.range(0, architecture.layers()).mapToObj(layer).toList());
  }

  private Cell single(BiFunction<Architecture, Parameters, Cell> cell) {
    requirePositive("hidden_size", architecture.hiddenSize());
    if (architecture.layers() != 1) {
      throw unsupported("num_layers", Integer.toString(architecture.layers()), "1");
    }
    return cell.apply(architecture, parameters);
  }

  /** PyTorch's four tensors of a layer; without {@code bias} any bias in the file is not used. */
  private Weights weights(int layer, int gates) {
    int hidden = architecture.hiddenSize();
    int input = layer == 0 ? architecture.inputSize() : hidden;
    int rows = Math.multiplyExact(gates, hidden);
    Matrix fromInput = parameters.matrix("weight_ih_l" + layer, rows, input);
    Matrix fromState = parameters.matrix("weight_hh_l" + layer, rows, hidden);
    return Weights.of(
        fromInput,
        fromState,
        gates,
        parameters.bias("bias_ih_l" + layer, rows),
        parameters.bias("bias_hh_l" + layer, rows));
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new RefusedException(
          Kind.SHAPE,
          "lyascope.architecture." + field,
          "the architecture's " + field + " is " + value + ", wanted at least 1");
    }
  }

  private static RefusedException unsupported(String field, String found, String wanted) {
    return new RefusedException(
        Kind.UNSUPPORTED,
        "lyascope.architecture." + field,
        "the architecture's " + field + " is \"" + found + "\", known: " + wanted);
  }
}
