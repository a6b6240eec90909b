package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;

/**
 * Long expressive memory (Rusch 2022): t1 = dt s(W1 y + V1 u + b1), t2 = dt s(W2 y + V2 u + b2), z'
 * = (1 - t2) z + t2 tanh(W_z y + V_z u + b_z), y' = (1 - t1) y + t1 tanh(W_y z' + V_y u + b_y). The
 * state is [y, z], and y is what others see.
 *
 * <p>Dz' = (1 - t2) Dz + P Dy and Dy' = (1 - t1) Dy + Q (Dy, Dz'), where P sums the blocks of t2
 * and W_z, and Q holds those of t1 and W_y side by side.
 *
 * @param gates V and W of t1, t2 and z, one below the other
 * @param output V_y and W_y
 */
record LemCell(Weights gates, Weights output, double dt) implements Cell {

  /** The public names cross: rows z of {@code inp2hid} feed y', its rows y feed z'. */
  static LemCell of(Architecture architecture, Parameters parameters) {
    int hidden = architecture.hiddenSize();
    Matrix input = parameters.matrix("cell.inp2hid.weight", 4 * hidden, architecture.inputSize());
    double[] inputBias = parameters.bias("cell.inp2hid.bias", 4 * hidden);
    double[] outputBias = parameters.bias("cell.transform_z.bias", hidden);
    double[] gateBias = parameters.bias("cell.hid2hid.bias", 3 * hidden);
    for (int i = 0; i < hidden; i++) {
      gateBias[i] += inputBias[i];
      gateBias[hidden + i] += inputBias[hidden + i];
      gateBias[2 * hidden + i] += inputBias[3 * hidden + i];
      outputBias[i] += inputBias[2 * hidden + i];
    }
    Matrix gateInput = Matrix.above(input.rows(0, 2 * hidden), input.rows(3 * hidden, hidden));
    return new LemCell(
        Weights.of(
            gateInput, parameters.matrix("cell.hid2hid.weight", 3 * hidden, hidden), 3, gateBias),
        Weights.of(
            input.rows(2 * hidden, hidden),
            parameters.matrix("cell.transform_z.weight", hidden, hidden),
            1,
            outputBias),
        new Hyper(architecture).number("dt"));
  }

  @Override
  public int inputSize() {
    return output.inputSize();
  }

  @Override
  public int hiddenSize() {
    return output.stateSize();
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
    private final int padded = output.panels().padded();
    private final double[] a = new double[3 * padded];
    private final double[] b = new double[padded];
    private final Logistic first = new Logistic(padded);
    private final Logistic second = new Logistic(padded);
    private final Tanh inner = new Tanh(padded);
    private final Tanh outer = new Tanh(padded);

    /** What a unit of each pre-activation changes: y' for t1 and b, z' for t2 and W_z. */
    private final double[] byFirst = new double[padded];

    private final double[] bySecond = new double[padded];
    private final double[] byInner = new double[padded];
    private final double[][] byMemoryGates = {bySecond, byInner};
    private final double[] byOuter = new double[padded];

    /** 1 - t1 and 1 - t2: what is kept of y and of z. */
    private final double[] keptFirst = new double[padded];

    private final double[] keptSecond = new double[padded];

    /** P, and the block of t1. */
    private final Panels block;

    /** The part of Dy' that comes by Dz'. */
    private final Panels onward;

    private final Product product;
    private final Product.Use update;
    private final Product.Use addOnward = this::addOnward;

    /** The basis that is being pushed. */
    private double[] tangents = new double[0];

    /** Dz' where z is no part of the basis, laid out as the basis is. */
    private double[] changes = new double[0];

    Placed(Place place) {
      this.place = place;
      this.product = new Product(place.precision());
      this.block = Panels.zeros(size, 2, size);
      this.onward = Panels.zeros(size, 1, size);
      this.update =
          switch (place.measured()) {
            case FULL -> this::takeBoth;
            case HIDDEN -> this::takeHidden;
          };
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      gates.preactivate(x, at, state, place.h(), a);
      for (int i = 0; i < size; i++) {
        int z = place.second() + i;
        first.set(i, a[i]);
        second.set(i, a[padded + i]);
        inner.set(i, a[2 * padded + i]);
        double t2 = dt * second.value[i];
        bySecond[i] = dt * second.slope(i) * (inner.value[i] - state[z]);
        byInner[i] = t2 * inner.slope[i];
        keptSecond[i] = kept(second.rest[i]);
        state[z] = keptSecond[i] * state[z] + t2 * inner.value[i];
      }
      output.preactivate(x, at, state, place.second(), b);
      for (int i = 0; i < size; i++) {
        int y = place.h() + i;
        outer.set(i, b[i]);
        double t1 = dt * first.value[i];
        byFirst[i] = dt * first.slope(i) * (outer.value[i] - state[y]);
        byOuter[i] = t1 * outer.slope[i];
        keptFirst[i] = kept(first.rest[i]);
        state[y] = keptFirst[i] * state[y] + t1 * outer.value[i];
      }
    }

    /** 1 - dt s as (1 - dt) + dt (1 - s), which dt = 1 and an open gate do not round to zero. */
    private double kept(double rest) {
      return (1 - dt) + dt * rest;
    }

    @Override
    public void push(double[] basis) {
      block.sum(0, byMemoryGates, gates.recurrent(), 1);
      block.scale(1, byFirst, gates.recurrent(), 0);
      onward.scale(0, byOuter, output.recurrent(), 0);
      tangents = basis;
      switch (place.measured()) {
        case FULL -> {
          product.forEach(basis, place.length(), place.h(), block, update);
          product.forEach(basis, place.length(), place.second(), onward, addOnward);
        }
        case HIDDEN -> {
          changes = changes.length == basis.length ? changes : new double[basis.length];
          product.forEach(basis, place.length(), place.h(), block, update);
          product.forEach(changes, place.length(), place.h(), onward, addOnward);
        }
      }
    }

    private void takeBoth(double[] basis, int vector, double[] product, int at) {
      int z = vector + place.second();
      Kernels.arithmetic().multiplyAdd(keptSecond, basis, z, product, at, basis, z, size);
      takeFirst(basis, vector + place.h(), product, at + padded);
    }

    private void takeHidden(double[] basis, int vector, double[] product, int at) {
      System.arraycopy(product, at, changes, vector + place.h(), size);
      takeFirst(basis, vector + place.h(), product, at + padded);
    }

    /** What Dy' owes to Dy without z'. */
    private void takeFirst(double[] basis, int y, double[] product, int at) {
      Kernels.arithmetic().multiplyAdd(keptFirst, basis, y, product, at, basis, y, size);
    }

    private void addOnward(double[] source, int vector, double[] product, int at) {
      Kernels.add(1, product, at, tangents, vector + place.h(), size);
    }
  }
}
