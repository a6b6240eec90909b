package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Protocol;

/**
 * Coupled oscillators (Rusch and Mishra 2021): z' = z + dt (tanh(W_y y + W_z z + V u + b) - gamma y
 * - epsilon z), y' = y + dt z'. The state is [y, z], and y is what others see.
 *
 * <p>Dz' = (1 - dt epsilon) Dz + dt (tanh'(..) (W_y Dy + W_z Dz) - gamma Dy), Dy' = Dy + dt Dz'.
 *
 * @param weights V and [W_y | W_z] side by side
 */
record CoRnnCell(Weights weights, double dt, double gamma, double epsilon) implements Cell {

  static CoRnnCell of(Architecture architecture, Parameters parameters) {
    Hyper hyper = new Hyper(architecture);
    return new CoRnnCell(
        parameters.has("cell.i2h.weight")
            ? published(architecture, parameters)
            : separate(architecture, parameters),
        hyper.number("dt"),
        hyper.number("gamma"),
        hyper.number("epsilon"));
  }

  private static Weights separate(Architecture architecture, Parameters parameters) {
    int hidden = architecture.hiddenSize();
    return Weights.of(
        parameters.matrix("V.weight", hidden, architecture.inputSize()),
        Matrix.beside(
            parameters.matrix("wy.weight", hidden, hidden),
            parameters.matrix("wz.weight", hidden, hidden)),
        parameters.bias("V.bias", hidden));
  }

  /** The authors' one matrix with its columns in the order x, z, y. */
  private static Weights published(Architecture architecture, Parameters parameters) {
    int hidden = architecture.hiddenSize();
    int input = architecture.inputSize();
    Matrix all = parameters.matrix("cell.i2h.weight", hidden, input + 2 * hidden);
    return Weights.of(
        all.columns(0, input),
        Matrix.beside(all.columns(input + hidden, hidden), all.columns(input, hidden)),
        parameters.bias("cell.i2h.bias", hidden));
  }

  @Override
  public int inputSize() {
    return weights.inputSize();
  }

  @Override
  public int hiddenSize() {
    return weights.combined().rows();
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
    private final Joined joined = new Joined(inputSize(), 2 * hiddenSize());
    private final double[] a = new double[size];
    private final Matrix product;
    private final Kernels kernels = new Kernels();

    Placed(Place place) {
      this.place = place;
      int met = place.measured() == Protocol.State.FULL ? 2 * size : size;
      this.facing = weights.recurrent().columns(0, met);
      this.product = Matrix.zeros(size, place.columns());
    }

    /** y and z lie one after the other, as a single cell's parts do. */
    @Override
    public void advance(double[] x, int at, double[] state) {
      Kernels.affine(weights.combined(), joined.of(x, at, state, place.h()), bias, a);
      for (int i = 0; i < size; i++) {
        int y = place.h() + i;
        int z = place.second() + i;
        state[z] += dt * (Math.tanh(a[i]) - gamma * state[y] - epsilon * state[z]);
        state[y] += dt * state[z];
      }
    }

    @Override
    public void push(double[] basis) {
      kernels.multiply(facing, basis, place.h(), product);
      for (int i = 0; i < size; i++) {
        double slope = dt * Logistic.tanhSlope(a[i]);
        int y = place.h() + i;
        switch (place.measured()) {
          case FULL -> {
            int z = place.second() + i;
            Rows.mix(slope, product, i, 1 - dt * epsilon, basis, z);
            Rows.add(-dt * gamma, basis, y, z, place.columns());
            Rows.add(dt, basis, z, y, place.columns());
          }
          case HIDDEN -> Rows.mix(dt * slope, product, i, 1 - dt * dt * gamma, basis, y);
        }
      }
    }
  }
}
