package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;

/**
 * Hochreiter and Schmidhuber's memory cell, gates i, f, g, o: c' = s(f) c + s(i) tanh(g), h' = s(o)
 * tanh(c').
 *
 * <p>Dc' = s(f) Dc + P Dh and Dh' = s(o) sech(c')^2 Dc' + R Dh, where P sums the diagonally scaled
 * blocks of i, f and g and R is that of o, so that two products do the work of four; one if c is
 * held constant.
 */
record LstmCell(Weights weights) implements Cell {

  @Override
  public int inputSize() {
    return weights.inputSize();
  }

  @Override
  public int hiddenSize() {
    return weights.hiddenSize();
  }

  @Override
  public int parts() {
    return 2;
  }

  @Override
  public Layer layer(Place place) {
    return new Placed(place);
  }

  private final class Placed implements Layer {

    private final Place place;
    private final int size = hiddenSize();
    private final Matrix facing;
    private final double[] bias = weights.totalBias();
    private final Joined joined = new Joined(inputSize(), hiddenSize());
    private final double[] a = new double[4 * size];

    /** The c that the step began with. */
    private final double[] old = new double[size];

    private final double[] c = new double[size];
    private final Matrix block;
    private final Matrix product;
    private final Kernels kernels = new Kernels();

    Placed(Place place) {
      this.place = place;
      this.facing = weights.facing(place);
      this.block = Matrix.zeros(size, facing.columns());
      this.product = Matrix.zeros(size, place.columns());
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      Kernels.affine(weights.combined(), joined.of(x, at, state, place.h()), bias, a);
      for (int u = 0; u < size; u++) {
        old[u] = state[place.second() + u];
        c[u] =
            Logistic.sigmoid(a[size + u]) * old[u]
                + Logistic.sigmoid(a[u]) * Math.tanh(a[2 * size + u]);
        state[place.second() + u] = c[u];
        state[place.h() + u] = Logistic.sigmoid(a[3 * size + u]) * Math.tanh(c[u]);
      }
    }

    @Override
    public void push(double[] basis) {
      switch (place.measured()) {
        case Protocol.State.FULL -> pushBoth(basis);
        case Protocol.State.HIDDEN -> pushHidden(basis);
      }
    }

    private void pushBoth(double[] basis) {
      int from = place.h() - place.inputRows();
      for (int u = 0; u < size; u++) {
        block(u, 1, 0);
      }
      kernels.multiply(block, basis, from, product);
      for (int u = 0; u < size; u++) {
        double forget = Logistic.sigmoid(a[size + u]);
        Rows.mix(1, product, u, forget, basis, place.second() + u);
        block(u, 0, outputSlope(u));
      }
      kernels.multiply(block, basis, from, product);
      for (int u = 0; u < size; u++) {
        int row = place.h() + u;
        Rows.scale(1, product, u, basis, row);
        Rows.add(shown(u), basis, place.second() + u, row, place.columns());
      }
    }

    private void pushHidden(double[] basis) {
      for (int u = 0; u < size; u++) {
        block(u, shown(u), outputSlope(u));
      }
      kernels.multiply(block, basis, place.h() - place.inputRows(), product);
      for (int u = 0; u < size; u++) {
        Rows.scale(1, product, u, basis, place.h() + u);
      }
    }

    /** Row u of memory * P + output * (block of o). */
    private void block(int u, double memory, double output) {
      double i = memory * Logistic.sigmoidSlope(a[u]) * Math.tanh(a[2 * size + u]);
      double f = memory * Logistic.sigmoidSlope(a[size + u]) * old[u];
      double g = memory * Logistic.sigmoid(a[u]) * Logistic.tanhSlope(a[2 * size + u]);
      double[] w = facing.values();
      int wi = facing.row(u);
      int wf = facing.row(size + u);
      int wg = facing.row(2 * size + u);
      int wo = facing.row(3 * size + u);
      int to = block.row(u);
      for (int j = 0; j < block.columns(); j++) {
        block.values()[to + j] = i * w[wi + j] + f * w[wf + j] + g * w[wg + j] + output * w[wo + j];
      }
    }

    private double outputSlope(int u) {
      return Logistic.sigmoidSlope(a[3 * size + u]) * Math.tanh(c[u]);
    }

    /** How much of a change of c' shows in h'. */
    private double shown(int u) {
      return Logistic.sigmoid(a[3 * size + u]) * Logistic.tanhSlope(c[u]);
    }
  }
}
