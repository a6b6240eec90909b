package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;

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
        1,
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
        1,
        parameters.bias("cell.i2h.bias", hidden));
  }

  @Override
  public int inputSize() {
    return weights.inputSize();
  }

  @Override
  public int hiddenSize() {
    return weights.panels().units();
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
    private final double[] a = weights.units();
    private final Tanh force = new Tanh(size);
    private final Panels facing;
    private final Product product;
    private final Product.Use update;

    Placed(Place place) {
      this.place = place;
      this.product = new Product(place.precision());
      this.facing =
          switch (place.measured()) {
            case FULL -> weights.recurrent();
            case HIDDEN -> weights.recurrent().inputs(0, size);
          };
      this.update =
          switch (place.measured()) {
            case FULL -> this::takeBoth;
            case HIDDEN -> this::takeHidden;
          };
    }

    /** y and z lie one after the other, as a single cell's parts do. */
    @Override
    public void advance(double[] x, int at, double[] state) {
      weights.preactivate(x, at, state, place.h(), a);
      for (int i = 0; i < size; i++) {
        int y = place.h() + i;
        int z = place.second() + i;
        force.set(i, a[i]);
        state[z] += dt * (force.value[i] - gamma * state[y] - epsilon * state[z]);
        state[y] += dt * state[z];
      }
    }

    @Override
    public void push(double[] basis) {
      product.forEach(basis, place.length(), place.h(), facing, update);
    }

    private void takeBoth(double[] basis, int vector, double[] product, int at) {
      int y = vector + place.h();
      int z = vector + place.second();
      for (int i = 0; i < size; i++) {
        double pull = force.slope[i] * product[at + i] - gamma * basis[y + i];
        basis[z + i] = Math.fma(1 - dt * epsilon, basis[z + i], dt * pull);
        basis[y + i] = Math.fma(dt, basis[z + i], basis[y + i]);
      }
    }

    private void takeHidden(double[] basis, int vector, double[] product, int at) {
      int y = vector + place.h();
      for (int i = 0; i < size; i++) {
        double pull = force.slope[i] * product[at + i] - gamma * basis[y + i];
        basis[y + i] = Math.fma(dt * dt, pull, basis[y + i]);
      }
    }
  }
}
