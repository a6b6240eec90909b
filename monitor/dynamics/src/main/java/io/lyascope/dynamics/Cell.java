package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * A recurrent network as a map of its state. The state has one or two parts of {@link #hiddenSize}
 * numbers: h (or y), and what else is carried (c or z). A stack of layers is itself a cell.
 */
sealed interface Cell
    permits Stack, RnnCell, LstmCell, GruCell, ResidualCell, CoRnnCell, LemCell, RateCell {

  int inputSize();

  int hiddenSize();

  /** 1 if h is the whole state, 2 if there is a second part. */
  int parts();

  /** What drives the cell beside its input, in this order after it. */
  default List<Channel> channels() {
    return List.of();
  }

  /** Time that passes in one step, where exponents are per unit time. */
  default double timeStep() {
    return 1;
  }

  /** What a unit sends out, where that is not h itself. */
  default Optional<Activation> activity() {
    return Optional.empty();
  }

  /** The same cell with layers that can pull, where that is cheap. */
  default Optional<Cell> invertible() {
    return Optional.empty();
  }

  /** New working memory for a cell that sits at {@code place} of a larger state. */
  Layer layer(Place place);

  /**
   * Where a cell's numbers lie in the state and, in the same order, in a tangent vector.
   *
   * @param parts the first number of each part
   * @param inputRows numbers just before the first part in which the tangent of the input stands; 0
   *     where the input does not depend on the state
   * @param length of a tangent vector
   * @param measured whether the second part is in a tangent vector at all
   * @param precision of products with tangent vectors
   */
  record Place(
      int[] parts,
      int inputRows,
      int length,
      Protocol.State measured,
      Protocol.Precision precision) {

    /** The first number that a layer's weights meet. */
    int from() {
      return h() - inputRows;
    }

    int h() {
      return parts[0];
    }

    /** The first number of the second part. */
    int second() {
      return parts[1];
    }
  }

  /** A cell at its place, with its scratch space. */
  interface Layer {

    /** One step of the state in place; {@code x} holds the input from {@code at} on. */
    void advance(double[] x, int at, double[] state);

    /** The derivative of the step just advanced, applied to every vector of a basis in place. */
    void push(double[] basis);

    /**
     * The inverse transpose of the same derivative, applied to every vector in place.
     *
     * @throws UnsupportedOperationException if the cell is not {@link Cell#invertible}
     */
    default void pull(double[] basis) {
      throw new UnsupportedOperationException("this cell has no inverse at hand");
    }
  }
}
