package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A rate network in Euler steps (Engelken 2023): h' = (1 - dt) h + dt (J phi(h) + W x + b) +
 * sqrt(dt) sigma xi, where J may include a rank-one term u w^T. Dh' = (1 - dt) Dh + dt J phi'(h)
 * Dh. Its exponents are per unit time, that is per 1/dt steps.
 *
 * @param weights W and J side by side
 * @param sigma of the white noise xi, which is the probe's or drawn from the protocol's seed
 */
record RateCell(Weights weights, Activation phi, double dt, double sigma) implements Cell {

  static RateCell of(Architecture architecture, Parameters parameters, Activation phi) {
    int hidden = architecture.hiddenSize();
    int input = architecture.inputSize();
    Hyper hyper = new Hyper(architecture);
    double dt = hyper.positive("dt");
    Matrix j = parameters.matrix("weight_hh", hidden, hidden);
    if (parameters.has("u") || parameters.has("w")) {
      addProduct(parameters.line("u", hidden), parameters.line("w", hidden), j);
    }
    Matrix w = input == 0 ? Matrix.zeros(hidden, 0) : parameters.matrix("weight_ih", hidden, input);
    double[] bias = parameters.has("bias") ? parameters.bias("bias", hidden) : new double[hidden];
    return new RateCell(Weights.of(w, j, 1, bias), phi, dt, hyper.number("sigma", 0));
  }

  private static void addProduct(double[] u, double[] w, Matrix j) {
    for (int row = 0; row < u.length; row++) {
      for (int column = 0; column < w.length; column++) {
        j.values()[j.row(row) + column] += u[row] * w[column];
      }
    }
  }

  @Override
  public int inputSize() {
    return weights.inputSize();
  }

  @Override
  public int hiddenSize() {
    return weights.stateSize();
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public double timeStep() {
    return dt;
  }

  @Override
  public Optional<Activation> activity() {
    return Optional.of(phi);
  }

  @Override
  public List<Channel> channels() {
    return sigma == 0
        ? List.of()
        : List.of(new Channel("noise", hiddenSize(), new Channel.Absent.Drawn()));
  }

  @Override
  public Layer layer(Place place) {
    return new Placed(place);
  }

  private final class Placed implements Layer, Product.Use {

    private final Place place;
    private final int size = hiddenSize();
    private final double[] active = new double[size];

    /** dt phi'(h), and what a unit keeps of itself. */
    private final double[] slope = new double[size];

    private final double[] kept = new double[size];
    private final double[] drive = weights.units();
    private final Product product;

    Placed(Place place) {
      this.place = place;
      this.product = new Product(place.precision());
      Arrays.fill(kept, 1 - dt);
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      for (int i = 0; i < size; i++) {
        double h = state[place.h() + i];
        active[i] = phi.value(h);
        slope[i] = dt * phi.slope(h, active[i]);
      }
      weights.preactivate(x, at, active, 0, drive);
      for (int i = 0; i < size; i++) {
        double noise = sigma == 0 ? 0 : Math.sqrt(dt) * sigma * x[at + inputSize() + i];
        state[place.h() + i] = (1 - dt) * state[place.h() + i] + dt * drive[i] + noise;
      }
    }

    @Override
    public void push(double[] basis) {
      product.forEachScaled(basis, place.length(), place.h(), slope, weights.recurrent(), this);
    }

    @Override
    public void take(double[] basis, int vector, double[] product, int at) {
      int h = vector + place.h();
      Kernels.arithmetic().multiplyAdd(kept, basis, h, product, at, basis, h, size);
    }
  }
}
