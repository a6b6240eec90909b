package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Protocol;

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
            gateInput, parameters.matrix("cell.hid2hid.weight", 3 * hidden, hidden), gateBias),
        Weights.of(
            input.rows(2 * hidden, hidden),
            parameters.matrix("cell.transform_z.weight", hidden, hidden),
            outputBias),
        new Hyper(architecture).number("dt"));
  }

  @Override
  public int inputSize() {
    return output.inputSize();
  }

  @Override
  public int hiddenSize() {
    return output.hiddenSize();
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
    private final Matrix recurrent = gates.recurrent();
    private final Matrix onward = output.recurrent();
    private final double[] gateBias = gates.totalBias();
    private final double[] outputBias = output.totalBias();
    private final Joined joined = new Joined(inputSize(), hiddenSize());
    private final double[] a = new double[3 * size];
    private final double[] b = new double[size];
    private final double[] y = new double[size];
    private final double[] z = new double[size];

    /** P, or the block of t1, or that of W_y. */
    private final Matrix block;

    private final Matrix product;
    private final Matrix inner;
    private final Kernels kernels = new Kernels();

    Placed(Place place) {
      this.place = place;
      this.block = Matrix.zeros(size, size);
      this.product = Matrix.zeros(size, place.columns());
      this.inner = Matrix.zeros(size, place.columns());
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      System.arraycopy(state, place.h(), y, 0, size);
      System.arraycopy(state, place.second(), z, 0, size);
      Kernels.affine(gates.combined(), joined.of(x, at, state, place.h()), gateBias, a);
      for (int i = 0; i < size; i++) {
        double t2 = dt * Logistic.sigmoid(a[size + i]);
        state[place.second() + i] = (1 - t2) * z[i] + t2 * Math.tanh(a[2 * size + i]);
      }
      Kernels.affine(output.combined(), joined.of(x, at, state, place.second()), outputBias, b);
      for (int i = 0; i < size; i++) {
        double t1 = dt * Logistic.sigmoid(a[i]);
        state[place.h() + i] = (1 - t1) * y[i] + t1 * Math.tanh(b[i]);
      }
    }

    @Override
    public void push(double[] basis) {
      for (int i = 0; i < size; i++) {
        sum(
            i,
            change(i + size, Math.tanh(a[2 * size + i]) - z[i]),
            size + i,
            dt * Logistic.sigmoid(a[size + i]) * Logistic.tanhSlope(a[2 * size + i]),
            2 * size + i);
      }
      kernels.multiply(block, basis, place.h(), inner);
      if (place.measured() == Protocol.State.FULL) {
        for (int i = 0; i < size; i++) {
          int row = place.second() + i;
          Rows.mix(1, inner, i, 1 - dt * Logistic.sigmoid(a[size + i]), basis, row);
          Rows.copy(basis, row, inner, i);
        }
      }
      for (int i = 0; i < size; i++) {
        sum(i, change(i, Math.tanh(b[i]) - y[i]), i, 0, i);
      }
      kernels.multiply(block, basis, place.h(), product);
      for (int i = 0; i < size; i++) {
        Rows.scale(
            dt * Logistic.sigmoid(a[i]) * Logistic.tanhSlope(b[i]), onward, i, block.values(), i);
      }
      kernels.multiply(block, inner, product, Kernels.Target.ADD);
      for (int i = 0; i < size; i++) {
        Rows.mix(1, product, i, 1 - dt * Logistic.sigmoid(a[i]), basis, place.h() + i);
      }
    }

    /** What a change of a gate's pre-activation does. */
    private double change(int gate, double towards) {
      return dt * Logistic.sigmoidSlope(a[gate]) * towards;
    }

    /** Row i of the block: a sum of two rows of the gates' weights. */
    private void sum(int i, double first, int firstRow, double second, int secondRow) {
      double[] w = recurrent.values();
      for (int j = 0; j < size; j++) {
        block.values()[i * size + j] =
            first * w[recurrent.row(firstRow) + j] + second * w[recurrent.row(secondRow) + j];
      }
    }
  }
}
