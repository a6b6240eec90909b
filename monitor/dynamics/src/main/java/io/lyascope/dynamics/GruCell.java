package io.lyascope.dynamics;

/**
 * Cho's gated unit as PyTorch writes it, gates r, z, n: n = tanh(W_in x + b_in + s(r) (W_hn h +
 * b_hn)), h' = (1 - s(z)) n + s(z) h.
 *
 * <p>Dh' is one block applied once: diag(s(z)) plus the diagonally scaled weights of the gates.
 */
record GruCell(Weights weights) implements Cell {

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
  public Layer layer(Place place) {
    return new Placed(place);
  }

  private final class Placed implements Layer {

    private final Place place;
    private final int size = hiddenSize();
    private final Matrix facing;
    private final double[] input = new double[inputSize()];
    private final double[] fromInput = new double[3 * size];
    private final double[] fromState = new double[3 * size];

    /** The h that the step began with. */
    private final double[] old = new double[size];

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
      System.arraycopy(x, at, input, 0, input.length);
      System.arraycopy(state, place.h(), old, 0, size);
      Kernels.affine(weights.input(), input, weights.bias(), fromInput);
      Kernels.affine(weights.recurrent(), old, weights.recurrentBias(), fromState);
      for (int u = 0; u < size; u++) {
        double z = update(u);
        state[place.h() + u] =
            Logistic.sigmoid(-z) * Math.tanh(candidate(u)) + Logistic.sigmoid(z) * old[u];
      }
    }

    @Override
    public void push(double[] basis) {
      for (int u = 0; u < size; u++) {
        block(u);
      }
      kernels.multiply(block, basis, place.h() - place.inputRows(), product);
      for (int u = 0; u < size; u++) {
        Rows.mix(1, product, u, Logistic.sigmoid(update(u)), basis, place.h() + u);
      }
    }

    private double reset(int u) {
      return fromInput[u] + fromState[u];
    }

    private double update(int u) {
      return fromInput[size + u] + fromState[size + u];
    }

    private double candidate(int u) {
      return fromInput[2 * size + u] + Logistic.sigmoid(reset(u)) * fromState[2 * size + u];
    }

    /** Row u of the block without its diagonal part; only W_hn h passes the reset gate. */
    private void block(int u) {
      double open = Logistic.sigmoid(-update(u)) * Logistic.tanhSlope(candidate(u));
      double r = open * Logistic.sigmoidSlope(reset(u)) * fromState[2 * size + u];
      double z = Logistic.sigmoidSlope(update(u)) * (old[u] - Math.tanh(candidate(u)));
      double gated = open * Logistic.sigmoid(reset(u));
      double[] w = facing.values();
      int wr = facing.row(u);
      int wz = facing.row(size + u);
      int wn = facing.row(2 * size + u);
      int to = block.row(u);
      for (int j = 0; j < block.columns(); j++) {
        double n = j < place.inputRows() ? open : gated;
        block.values()[to + j] = r * w[wr + j] + z * w[wz + j] + n * w[wn + j];
      }
    }
  }
}
