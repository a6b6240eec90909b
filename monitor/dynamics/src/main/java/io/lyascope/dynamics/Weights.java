package io.lyascope.dynamics;

/**
 * The weights of one layer: pre-activation = [W_ih | W_hh] (x, h) + biases, gate by gate. Input and
 * state stand side by side because in a stack their tangents do.
 *
 * @param panels both matrices, their inputs x and h
 * @param input the part that meets x
 * @param recurrent the part that meets h
 * @param bias of W_ih x, each gate filled up to whole panels
 * @param recurrentBias of W_hh h, likewise
 */
record Weights(
    Panels panels, Panels input, Panels recurrent, double[] bias, double[] recurrentBias) {

  /** Weights with PyTorch's two biases, {@code gates} of them one below the other. */
  static Weights of(
      Matrix input, Matrix recurrent, int gates, double[] bias, double[] recurrentBias) {
    Panels panels = Panels.ofRows(Matrix.beside(input, recurrent), gates);
    return new Weights(
        panels,
        panels.inputs(0, input.columns()),
        panels.inputs(input.columns(), recurrent.columns()),
        padded(panels, bias),
        padded(panels, recurrentBias));
  }

  /** Weights of a cell with one bias. */
  static Weights of(Matrix input, Matrix recurrent, int gates, double[] bias) {
    return of(input, recurrent, gates, bias, new double[bias.length]);
  }

  private static double[] padded(Panels panels, double[] bias) {
    double[] padded = new double[panels.width()];
    for (int gate = 0; gate < panels.gates(); gate++) {
      int from = gate * panels.units();
      System.arraycopy(bias, from, padded, gate * panels.padded(), panels.units());
    }
    return padded;
  }

  int inputSize() {
    return input.depth();
  }

  /** Numbers of the state that the weights meet. */
  int stateSize() {
    return recurrent.depth();
  }

  /** Room for one number a unit, filled up to whole panels. */
  double[] units() {
    return new double[panels.padded()];
  }

  /** The weights that the tangents at a place meet. */
  Panels facing(Cell.Place place) {
    int first = inputSize() - place.inputRows();
    return panels.inputs(first, panels.depth() - first);
  }

  /** out = W_ih x + W_hh h + biases. */
  void preactivate(double[] x, int at, double[] state, int h, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = bias[i] + recurrentBias[i];
    }
    input.apply(x, at, out);
    recurrent.apply(state, h, out);
  }

  /** fromInput = W_ih x + bias and fromState = W_hh h + bias, for cells that need them apart. */
  void preactivateApart(
      double[] x, int at, double[] fromInput, double[] state, int h, double[] fromState) {
    System.arraycopy(bias, 0, fromInput, 0, bias.length);
    input.apply(x, at, fromInput);
    System.arraycopy(recurrentBias, 0, fromState, 0, recurrentBias.length);
    recurrent.apply(state, h, fromState);
  }
}
