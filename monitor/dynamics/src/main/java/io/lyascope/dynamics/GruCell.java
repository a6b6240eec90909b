package io.lyascope.dynamics;

/**
 * Cho's gated unit as PyTorch writes it, gates r, z, n: n = tanh(W_in x + b_in + s(r) (W_hn h +
 * b_hn)), h' = (1 - s(z)) n + s(z) h.
 *
 * <p>Dh' is one block applied once, the sum of the diagonally scaled weights of the gates, plus
 * s(z) Dh; for few tangent vectors, where h alone is multiplied, the gates stay apart.
 */
record GruCell(Weights weights) implements Cell {

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
  public Layer layer(Place place) {
    return new Placed(place);
  }

  private final class Placed implements Layer, Product.Use {

    private final Place place;
    private final int size = hiddenSize();
    private final int padded = weights.panels().padded();
    private final Panels facing;
    private final Panels facingInput;
    private final Panels facingState;
    private final double[] fromInput = new double[3 * padded];
    private final double[] fromState = new double[3 * padded];
    private final Logistic reset = new Logistic(padded);
    private final Logistic update = new Logistic(padded);
    private final Tanh candidate = new Tanh(padded);

    /** What a unit of each pre-activation changes in h'; only W_hn h passes the reset gate. */
    private final double[] byReset = new double[padded];

    private final double[] byUpdate = new double[padded];
    private final double[] byCandidate = new double[padded];
    private final double[] byGated = new double[padded];
    private final double[][] byInputGates = {byReset, byUpdate, byCandidate};
    private final double[][] byStateGates = {byReset, byUpdate, byGated};
    private final Panels block;
    private final Panels inputBlock;
    private final Panels stateBlock;
    private final Product product;
    private final Product.Use separate = this::takeGates;

    Placed(Place place) {
      this.place = place;
      this.product = new Product(place.precision());
      this.facing = weights.facing(place);
      this.facingInput = facing.inputs(0, place.inputRows());
      this.facingState = facing.inputs(place.inputRows(), size);
      this.block = Panels.zeros(facing.depth(), 1, size);
      this.inputBlock = block.inputs(0, place.inputRows());
      this.stateBlock = block.inputs(place.inputRows(), size);
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      weights.preactivateApart(x, at, fromInput, state, place.h(), fromState);
      for (int u = 0; u < size; u++) {
        int h = place.h() + u;
        double gated = fromState[2 * padded + u];
        reset.set(u, fromInput[u] + fromState[u]);
        update.set(u, fromInput[padded + u] + fromState[padded + u]);
        candidate.set(u, fromInput[2 * padded + u] + reset.value[u] * gated);
        byCandidate[u] = update.rest[u] * candidate.slope[u];
        byGated[u] = byCandidate[u] * reset.value[u];
        byReset[u] = byCandidate[u] * reset.slope(u) * gated;
        byUpdate[u] = update.slope(u) * (state[h] - candidate.value[u]);
        state[h] = update.rest[u] * candidate.value[u] + update.value[u] * state[h];
      }
    }

    @Override
    public void push(double[] basis) {
      if (place.inputRows() == 0 && basis.length / place.length() < Product.SUMMED_FROM) {
        product.forEach(basis, place.length(), place.from(), facing, separate);
      } else {
        sum();
        product.forEach(basis, place.length(), place.from(), block, this);
      }
    }

    private void sum() {
      inputBlock.sum(0, byInputGates, facingInput, 0);
      stateBlock.sum(0, byStateGates, facingState, 0);
    }

    private void takeGates(double[] basis, int vector, double[] product, int at) {
      Arithmetic arithmetic = Kernels.arithmetic();
      int updates = at + padded, gated = at + 2 * padded;
      arithmetic.multiply(byReset, product, at, product, at, size);
      arithmetic.multiplyAdd(byUpdate, product, updates, product, at, product, at, size);
      arithmetic.multiplyAdd(byGated, product, gated, product, at, product, at, size);
      take(basis, vector, product, at);
    }

    @Override
    public void take(double[] basis, int vector, double[] product, int at) {
      int h = vector + place.h();
      Kernels.arithmetic().multiplyAdd(update.value, basis, h, product, at, basis, h, size);
    }
  }
}
