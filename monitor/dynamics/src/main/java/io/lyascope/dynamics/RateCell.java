package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
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
    Matrix j = parameters.matrix("weight_hh", hidden, hidden);
    if (parameters.has("u") || parameters.has("w")) {
      addProduct(parameters.line("u", hidden), parameters.line("w", hidden), j);
    }
    Matrix w = input == 0 ? Matrix.zeros(hidden, 0) : parameters.matrix("weight_ih", hidden, input);
    double[] bias = parameters.has("bias") ? parameters.bias("bias", hidden) : new double[hidden];
    return new RateCell(Weights.of(w, j, bias), phi, hyper.number("dt"), hyper.number("sigma", 0));
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
    return weights.hiddenSize();
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

  private final class Placed implements Layer {

    private final Place place;
    private final int size = hiddenSize();
    private final double[] bias = weights.totalBias();
    private final double[] joined = new double[inputSize() + size];
    private final double[] drive = new double[size];
    private final double[] slope = new double[size];
    private final Matrix scaled;
    private final Matrix product;
    private final Kernels kernels = new Kernels();

    Placed(Place place) {
      this.place = place;
      this.scaled = Matrix.zeros(size, place.columns());
      this.product = Matrix.zeros(size, place.columns());
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      System.arraycopy(x, at, joined, 0, inputSize());
      for (int i = 0; i < size; i++) {
        slope[i] = phi.slope(state[place.h() + i]);
        joined[inputSize() + i] = phi.value(state[place.h() + i]);
      }
      Kernels.affine(weights.combined(), joined, bias, drive);
      for (int i = 0; i < size; i++) {
        double noise = sigma == 0 ? 0 : Math.sqrt(dt) * sigma * x[at + inputSize() + i];
        state[place.h() + i] = (1 - dt) * state[place.h() + i] + dt * drive[i] + noise;
      }
    }

    @Override
    public void push(double[] basis) {
      for (int i = 0; i < size; i++) {
        Rows.copy(basis, place.h() + i, scaled, i);
        Rows.scale(slope[i], scaled, i, scaled.values(), i);
      }
      kernels.multiply(weights.recurrent(), scaled, product, Kernels.Target.SET);
      for (int i = 0; i < size; i++) {
        Rows.mix(dt, product, i, 1 - dt, basis, place.h() + i);
      }
    }
  }
}
