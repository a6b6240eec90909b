package io.lyascope.dynamics;

/**
 * Where a sequence was at its last orthonormalisation, in case the interval that follows turns out
 * to be too long.
 */
final class Checkpoint {

  private final double[] state;
  private final double[] basis;
  private int step;

  Checkpoint(int stateSize, int basisSize) {
    this.state = new double[stateSize];
    this.basis = new double[basisSize];
  }

  /** Remembers an orthonormal basis and the state that goes with it. */
  void save(int atStep, double[] from, Frame orthonormal) {
    step = atStep;
    System.arraycopy(from, 0, state, 0, state.length);
    orthonormal.copyTo(basis);
  }

  double[] state() {
    return state;
  }

  double[] basis() {
    return basis;
  }

  /** Writes or reads what is remembered. */
  void copy(Tape tape, int end) {
    step = tape.integer(step, 0, end);
    tape.numbers(state);
    tape.numbers(basis);
  }

  /** Puts both back and returns the step. */
  int restore(double[] to, Frame frame) {
    System.arraycopy(state, 0, to, 0, state.length);
    frame.set(basis);
    return step;
  }
}
