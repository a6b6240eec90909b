package io.lyascope.dynamics;

/**
 * The weights of one layer, the gates one below the other: pre-activation = [W_ih | W_hh] (x, h) +
 * bias. Input and state stand side by side because in a stack their tangents do.
 *
 * @param combined gates * hidden rows, input + hidden columns
 * @param bias of W_ih x
 * @param recurrentBias of W_hh h
 */
record Weights(Matrix combined, double[] bias, double[] recurrentBias, int inputSize) {

  /** Weights of a cell with one bias. */
  static Weights of(Matrix input, Matrix recurrent, double[] bias) {
    return new Weights(
        Matrix.beside(input, recurrent), bias, new double[bias.length], input.columns());
  }

  int hiddenSize() {
    return combined.columns() - inputSize;
  }

  /** The columns that the tangents at a place meet. */
  Matrix facing(Cell.Place place) {
    int first = inputSize - place.inputRows();
    return combined.columns(first, combined.columns() - first);
  }

  Matrix input() {
    return combined.columns(0, inputSize);
  }

  Matrix recurrent() {
    return combined.columns(inputSize, hiddenSize());
  }

  /** Both biases as one. */
  double[] totalBias() {
    double[] total = bias.clone();
    for (int i = 0; i < total.length; i++) {
      total[i] += recurrentBias[i];
    }
    return total;
  }
}
