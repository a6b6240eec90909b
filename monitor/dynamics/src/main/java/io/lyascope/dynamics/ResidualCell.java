package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import java.util.Arrays;
import java.util.List;

/**
 * Cells that step along a direction: h' = h + d eta (L h + tanh(W h + U x + b)) + xi, with a step d
 * per unit. Antisymmetric networks (Chang 2019): L = 0, W = V - V^T - gamma I. Lipschitz networks
 * (Erichson 2021): L = alpha A, and A and W from square matrices by {@link #symmetrized}. Noisy
 * networks (Lim 2021): the same with noise eta and xi, which is off unless the probe recorded it.
 *
 * <p>Dh' = Dh + d eta (L + tanh'(..) W) Dh, the sum of both matrices applied once.
 *
 * @param weights U and W side by side
 * @param linear L
 * @param step d
 * @param noisy whether eta and xi follow the input
 */
record ResidualCell(Weights weights, Matrix linear, double[] step, boolean noisy) implements Cell {

  static ResidualCell antisymmetric(Architecture architecture, Parameters parameters) {
    int hidden = architecture.hiddenSize();
    Hyper hyper = new Hyper(architecture);
    Matrix v = parameters.matrix("weight_hh", hidden, hidden);
    Matrix w = Matrix.zeros(hidden, hidden);
    for (int i = 0; i < hidden; i++) {
      for (int j = 0; j < hidden; j++) {
        w.values()[w.row(i) + j] = v.values()[v.row(i) + j] - v.values()[v.row(j) + i];
      }
      w.values()[w.row(i) + i] -= hyper.number("gamma");
    }
    Weights weights =
        Weights.of(
            parameters.matrix("weight_ih", hidden, architecture.inputSize()),
            w,
            parameters.bias("bias", hidden));
    return new ResidualCell(
        weights, Matrix.zeros(hidden, hidden), constant(hidden, hyper.number("eps")), false);
  }

  static ResidualCell lipschitz(Architecture architecture, Parameters parameters) {
    double step = new Hyper(architecture).number("eps");
    return of(architecture, parameters, constant(architecture.hiddenSize(), step), false);
  }

  static ResidualCell noisy(Architecture architecture, Parameters parameters) {
    double[] step = parameters.line("d", architecture.hiddenSize());
    return of(architecture, parameters, step, true);
  }

  private static ResidualCell of(
      Architecture architecture, Parameters parameters, double[] step, boolean noisy) {
    int hidden = architecture.hiddenSize();
    Hyper hyper = new Hyper(architecture);
    double beta = hyper.number("beta");
    boolean byRow = hyper.word("order", List.of("row", "column")).equals("row");
    Matrix a = symmetrized(parameters.matrix("B", hidden, hidden), beta, hyper.number("gamma_a"));
    Matrix w = symmetrized(parameters.matrix("C", hidden, hidden), beta, hyper.number("gamma_w"));
    double alpha = hyper.number("alpha", 1);
    for (int i = 0; i < a.values().length; i++) {
      a.values()[i] *= alpha;
    }
    Weights weights =
        Weights.of(
            parameters.matrix("E.weight", hidden, architecture.inputSize()),
            byRow ? w.transposed() : w,
            parameters.bias("E.bias", hidden));
    return new ResidualCell(weights, byRow ? a.transposed() : a, step, noisy);
  }

  /** beta (M - M^T) + (1 - beta) (M + M^T) - gamma I. */
  private static Matrix symmetrized(Matrix m, double beta, double gamma) {
    Matrix result = Matrix.zeros(m.rows(), m.rows());
    for (int i = 0; i < m.rows(); i++) {
      for (int j = 0; j < m.rows(); j++) {
        double here = m.values()[m.row(i) + j];
        double there = m.values()[m.row(j) + i];
        result.values()[result.row(i) + j] =
            beta * (here - there) + (1 - beta) * (here + there) - (i == j ? gamma : 0);
      }
    }
    return result;
  }

  private static double[] constant(int size, double value) {
    double[] values = new double[size];
    Arrays.fill(values, value);
    return values;
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
  public List<Channel> channels() {
    return noisy
        ? List.of(
            new Channel("noise_mult", hiddenSize(), new Channel.Absent.Constant(1)),
            new Channel("noise_add", hiddenSize(), new Channel.Absent.Constant(0)))
        : List.of();
  }

  @Override
  public Layer layer(Place place) {
    return new Placed(place);
  }

  private final class Placed implements Layer {

    private final Place place;
    private final int size = hiddenSize();
    private final Matrix recurrent = weights.recurrent();
    private final double[] bias = weights.totalBias();
    private final Joined joined = new Joined(inputSize(), hiddenSize());
    private final double[] a = new double[size];
    private final double[] drift = new double[size];
    private final double[] none = new double[size];
    private final double[] old = new double[size];
    private final double[] stride = new double[size];
    private final Matrix block = Matrix.zeros(size, size);
    private final Matrix product;
    private final Kernels kernels = new Kernels();

    Placed(Place place) {
      this.place = place;
      this.product = Matrix.zeros(size, place.columns());
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      System.arraycopy(state, place.h(), old, 0, size);
      Kernels.affine(weights.combined(), joined.of(x, at, state, place.h()), bias, a);
      Kernels.affine(linear, old, none, drift);
      int noise = at + inputSize();
      for (int i = 0; i < size; i++) {
        stride[i] = noisy ? step[i] * x[noise + i] : step[i];
        double added = noisy ? x[noise + size + i] : 0;
        state[place.h() + i] = old[i] + stride[i] * (drift[i] + Math.tanh(a[i])) + added;
      }
    }

    @Override
    public void push(double[] basis) {
      for (int i = 0; i < size; i++) {
        double slope = stride[i] * Logistic.tanhSlope(a[i]);
        int from = recurrent.row(i);
        for (int j = 0; j < size; j++) {
          block.values()[i * size + j] =
              stride[i] * linear.values()[linear.row(i) + j] + slope * recurrent.values()[from + j];
        }
      }
      kernels.multiply(block, basis, place.h(), product);
      for (int i = 0; i < size; i++) {
        Rows.mix(1, product, i, 1, basis, place.h() + i);
      }
    }
  }
}
