package io.lyascope.dynamics;

/** Input and old state of a layer side by side. */
final class Joined {

  private final int inputSize;
  private final double[] values;

  Joined(int inputSize, int hiddenSize) {
    this.inputSize = inputSize;
    this.values = new double[inputSize + hiddenSize];
  }

  /** The pair (x, h), valid until the next call. */
  double[] of(double[] x, int at, double[] state, int h) {
    System.arraycopy(x, at, values, 0, inputSize);
    System.arraycopy(state, h, values, inputSize, values.length - inputSize);
    return values;
  }
}
