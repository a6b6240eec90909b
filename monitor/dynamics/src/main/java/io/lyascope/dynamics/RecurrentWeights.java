package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The matrices of a network through which its state meets the next one, as they are trained: a
 * stack of gates is one matrix. They are copies and keep nothing of the snapshot alive.
 */
public final class RecurrentWeights {

  /** Where a recurrent matrix is found: from a column of a tensor on, in a layer of a stack. */
  private record Source(String tensor, int fromColumn, int layer) {

    boolean isMatrix(Parameters parameters) {
      if (!parameters.has(tensor)) {
        return false;
      }
      int[] shape = parameters.shape(tensor);
      return shape.length == 2 && shape[1] > fromColumn;
    }
  }

  /** The gradient of a recurrent matrix of a layer. */
  record Gradient(WeightMatrix matrix, int layer) {}

  private final List<WeightMatrix> matrices;

  private RecurrentWeights(List<WeightMatrix> matrices) {
    this.matrices = matrices;
  }

  /** Those of a snapshot that are matrices; none for a feed-forward network. */
  public static RecurrentWeights of(Snapshot snapshot) {
    Parameters parameters = new Parameters(snapshot);
    List<WeightMatrix> matrices = new ArrayList<>();
    for (Source source : sources(snapshot.architecture(), parameters)) {
      Tensor tensor = parameters.weights(source.tensor());
      matrices.add(WeightMatrix.of(source.tensor(), tensor, source.fromColumn()));
    }
    return new RecurrentWeights(matrices);
  }

  /** The gradients that the client sent; one that is not finite says nothing and is left out. */
  static List<Gradient> gradients(Snapshot snapshot) {
    Parameters parameters = new Parameters(snapshot);
    List<Gradient> gradients = new ArrayList<>();
    for (Source source : sources(snapshot.architecture(), parameters)) {
      Optional<Tensor> sent = parameters.gradient(parameters.weights(source.tensor()));
      sent.filter(tensor -> tensor.firstNonFinite().isEmpty())
          .map(tensor -> WeightMatrix.of(source.tensor(), tensor, source.fromColumn()))
          .filter(matrix -> !matrix.isZero())
          .ifPresent(matrix -> gradients.add(new Gradient(matrix, source.layer())));
    }
    return gradients;
  }

  List<WeightMatrix> matrices() {
    return matrices;
  }

  /** Memory that they take. */
  public long bytes() {
    return matrices.stream().mapToLong(WeightMatrix::bytes).sum();
  }

  private static List<Source> sources(Architecture architecture, Parameters parameters) {
    return named(architecture, parameters).stream()
        .filter(source -> source.isMatrix(parameters))
        .toList();
  }

  private static List<Source> named(Architecture architecture, Parameters parameters) {
    return switch (architecture.cell()) {
      case "rnn", "lstm", "gru" ->
          IntStream.range(0, architecture.layers())
              .mapToObj(layer -> new Source("weight_hh_l" + layer, 0, layer))
              .takeWhile(source -> parameters.has(source.tensor())) // however many are claimed
              .toList();
      case "asrnn", "rate" -> single("weight_hh");
      case "lipschitz", "noisy" -> single("B", "C");
      case "lem" -> single("cell.hid2hid.weight", "cell.transform_z.weight");
      case "cornn" ->
          parameters.has("cell.i2h.weight")
              ? List.of(new Source("cell.i2h.weight", architecture.inputSize(), 0))
              : single("wy.weight", "wz.weight");
      default -> List.of();
    };
  }

  private static List<Source> single(String... tensors) {
    return Stream.of(tensors).map(tensor -> new Source(tensor, 0, 0)).toList();
  }
}
