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
 * @param linear L, without a bias
 * @param step d
 * @param noisy whether eta and xi follow the input
 */
record ResidualCell(Weights weights, Panels linear, double[] step, boolean noisy) implements Cell {

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
            1,
            parameters.bias("bias", hidden));
    return new ResidualCell(
        weights, Panels.zeros(hidden, 1, hidden), constant(hidden, hyper.number("eps")), false);
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
            1,
            parameters.bias("E.bias", hidden));
    return new ResidualCell(weights, Panels.ofRows(byRow ? a.transposed() : a, 1), step, noisy);
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
    return weights.stateSize();
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

  private final class Placed implements Layer, Product.Use {

    private final Place place;
    private final int size = hiddenSize();
    private final double[] a = weights.units();
    private final double[] drift = weights.units();
    private final Tanh force = new Tanh(size);

    /** d eta of each unit, and the same times tanh'. */
    private final double[] stride = weights.units();

    private final double[] bent = weights.units();
    private final Panels block = Panels.zeros(size, 1, size);
    private final Product product;

    Placed(Place place) {
      this.place = place;
      this.product = new Product(place.precision());
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      weights.preactivate(x, at, state, place.h(), a);
      Arrays.fill(drift, 0);
      linear.apply(state, place.h(), drift);
      int noise = at + inputSize();
      for (int i = 0; i < size; i++) {
        force.set(i, a[i]);
        stride[i] = noisy ? step[i] * x[noise + i] : step[i];
        bent[i] = stride[i] * force.slope[i];
        double added = noisy ? x[noise + size + i] : 0;
        state[place.h() + i] += stride[i] * (drift[i] + force.value[i]) + added;
      }
    }

    @Override
    public void push(double[] basis) {
      block.scale(0, stride, linear, 0);
      block.addScaled(0, bent, weights.recurrent(), 0);
      product.forEach(basis, place.length(), place.h(), block, this);
    }

    @Override
    public void take(double[] basis, int vector, double[] product, int at) {
      Kernels.add(1, product, at, basis, vector + place.h(), size);
    }
  }
}
