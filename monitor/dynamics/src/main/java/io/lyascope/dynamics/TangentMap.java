package io.lyascope.dynamics;

import java.util.List;
import java.util.Optional;

/**
 * A driven discrete dynamical system whose derivative can be applied to tangent vectors. The first
 * {@link #tangentSize} numbers of the state are those that are differentiated.
 */
interface TangentMap {

  /** Numbers of input that drive one step. */
  int inputSize();

  /** What drives a step beside its input, in this order after it. */
  default List<Channel> channels() {
    return List.of();
  }

  /** Numbers carried from step to step. */
  int stateSize();

  /** Rows of the tangent basis. */
  int tangentSize();

  /** Leading numbers of the state that make up h, whose covariance is taken. */
  int hiddenSize();

  /** Time that passes in one step, where the exponents are per unit time. */
  default double timeStep() {
    return 1;
  }

  /** What a unit with this h sends out, where that differs from h. */
  default Optional<Activation> activity() {
    return Optional.empty();
  }

  /**
   * The same map with propagators that can pull, where it has them and pulling is cheap; to be
   * asked for once, because there may be matrices to invert.
   */
  default Optional<TangentMap> invertible() {
    return Optional.empty();
  }

  /** New working memory. */
  Propagator propagator();

  /** Advances states and pushes bases; owns the scratch space for it, so one per thread. */
  interface Propagator {

    /** One step of the state alone, in place. */
    void advance(double[] inputs, int at, double[] state);

    /**
     * One step of the state and of a basis, in place. The derivative is taken at the old state with
     * the current input.
     *
     * @param basis tangent vectors of {@link #tangentSize} numbers, one after the other
     */
    void push(double[] inputs, int at, double[] state, double[] basis);

    /**
     * The inverse transpose of the derivative that was last pushed with, applied to every vector in
     * place; what is not finite afterwards has no inverse.
     *
     * @throws UnsupportedOperationException if the map is not {@link #invertible}
     */
    default void pull(double[] basis) {
      throw new UnsupportedOperationException("this map has no inverse at hand");
    }
  }
}
