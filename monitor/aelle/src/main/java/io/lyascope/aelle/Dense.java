package io.lyascope.aelle;

import java.util.Random;

/**
 * A fully connected layer: y = f(W x + b).
 *
 * @param inputs numbers that come in
 * @param outputs numbers that go out
 * @param activation f
 * @param parameters W by columns (all weights of input 0 first), then b: neighbours in memory are
 *     neighbours of the innermost loop
 */
record Dense(int inputs, int outputs, Activation activation, double[] parameters) {

  /** What follows the sum. */
  enum Activation {
    TANH,
    IDENTITY
  }

  /** Random weights as Glorot and Bengio drew them. */
  static Dense random(int inputs, int outputs, Activation activation, Random random) {
    double[] parameters = new double[(inputs + 1) * outputs];
    double reach = Math.sqrt(6.0 / (inputs + outputs));
    for (int i = 0; i < inputs * outputs; i++) {
      parameters[i] = (2 * random.nextDouble() - 1) * reach;
    }
    return new Dense(inputs, outputs, activation, parameters);
  }

  double[] forward(double[] x) {
    double[] y = new double[outputs];
    System.arraycopy(parameters, inputs * outputs, y, 0, outputs);
    for (int i = 0; i < inputs; i++) {
      double xi = x[i];
      int column = i * outputs;
      for (int o = 0; o < outputs; o++) {
        y[o] += parameters[column + o] * xi;
      }
    }
    if (activation == Activation.TANH) {
      for (int o = 0; o < outputs; o++) {
        y[o] = Math.tanh(y[o]);
      }
    }
    return y;
  }

  /**
   * Backward through the layer.
   *
   * @param x what came in
   * @param y what went out
   * @param slope of the loss along y; changed to that along the sum
   * @param gradient of the parameters, added to
   * @return the slope along x
   */
  double[] backward(double[] x, double[] y, double[] slope, double[] gradient) {
    if (activation == Activation.TANH) {
      for (int o = 0; o < outputs; o++) {
        slope[o] *= 1 - y[o] * y[o];
      }
    }
    double[] back = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      double xi = x[i];
      int column = i * outputs;
      double sum = 0;
      for (int o = 0; o < outputs; o++) {
        gradient[column + o] += xi * slope[o];
        sum += parameters[column + o] * slope[o];
      }
      back[i] = sum;
    }
    for (int o = 0; o < outputs; o++) {
      gradient[inputs * outputs + o] += slope[o];
    }
    return back;
  }
}
