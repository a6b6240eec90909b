package io.lyascope.dynamics;

/**
 * Hochreiter and Schmidhuber's memory cell, gates i, f, g, o: c' = s(f) c + s(i) tanh(g), h' = s(o)
 * tanh(c').
 *
 * <p>Dc' = s(f) Dc + P Dh and Dh' = s(o) sech(c')^2 Dc' + R Dh, where P sums the diagonally scaled
 * blocks of i, f and g and R is that of o, so that two products do the work of four; one if c is
 * held constant.
 */
record LstmCell(Weights weights) implements Cell {

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
    return 2;
  }

  @Override
  public Layer layer(Place place) {
    return new Placed(place);
  }

  private final class Placed implements Layer {

    private final Place place;
    private final int size = hiddenSize();
    private final int padded = weights.panels().padded();
    private final Panels facing;
    private final double[] a = new double[4 * padded];
    private final Logistic input = new Logistic(padded);
    private final Logistic forget = new Logistic(padded);
    private final Tanh candidate = new Tanh(padded);
    private final Logistic output = new Logistic(padded);
    private final Tanh memory = new Tanh(padded);

    /** What a unit of each gate's pre-activation changes: c' for i, f and g, h' for o. */
    private final double[] byInput = new double[padded];

    private final double[] byForget = new double[padded];
    private final double[] byCandidate = new double[padded];
    private final double[] byOutput = new double[padded];

    /** How much of a change of c' shows in h'. */
    private final double[] shown = new double[padded];

    /** P and R, or their sum as it shows in h'. */
    private final Panels block;

    private final Product product;
    private final Product.Use update;

    Placed(Place place) {
      this.place = place;
      this.product = new Product(place.precision());
      this.facing = weights.facing(place);
      int gates =
          switch (place.measured()) {
            case FULL -> 2;
            case HIDDEN -> 1;
          };
      this.block = Panels.zeros(facing.depth(), gates, size);
      this.update = gates == 2 ? this::takeBoth : this::takeHidden;
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      weights.preactivate(x, at, state, place.h(), a);
      for (int u = 0; u < size; u++) {
        int c = place.second() + u;
        input.set(u, a[u]);
        forget.set(u, a[padded + u]);
        candidate.set(u, a[2 * padded + u]);
        output.set(u, a[3 * padded + u]);
        byInput[u] = input.slope(u) * candidate.value[u];
        byForget[u] = forget.slope(u) * state[c];
        byCandidate[u] = input.value[u] * candidate.slope[u];
        state[c] = forget.value[u] * state[c] + input.value[u] * candidate.value[u];
        memory.set(u, state[c]);
        byOutput[u] = output.slope(u) * memory.value[u];
        shown[u] = output.value[u] * memory.slope[u];
        state[place.h() + u] = output.value[u] * memory.value[u];
      }
    }

    @Override
    public void push(double[] basis) {
      switch (place.measured()) {
        case FULL -> {
          sumMemory();
          block.scale(1, byOutput, facing, 3);
        }
        case HIDDEN -> {
          for (int u = 0; u < size; u++) {
            byInput[u] *= shown[u];
            byForget[u] *= shown[u];
            byCandidate[u] *= shown[u];
          }
          sumMemory();
          block.addScaled(0, byOutput, facing, 3);
        }
      }
      product.forEach(basis, place.length(), place.from(), block, update);
    }

    private void sumMemory() {
      block.scale(0, byInput, facing, 0);
      block.addScaled(0, byForget, facing, 1);
      block.addScaled(0, byCandidate, facing, 2);
    }

    private void takeBoth(double[] basis, int vector, double[] product, int at) {
      int h = vector + place.h();
      int c = vector + place.second();
      Arithmetic arithmetic = Kernels.arithmetic();
      arithmetic.multiplyAdd(forget.value, basis, c, product, at, basis, c, size);
      arithmetic.multiplyAdd(shown, basis, c, product, at + padded, basis, h, size);
    }

    private void takeHidden(double[] basis, int vector, double[] product, int at) {
      System.arraycopy(product, at, basis, vector + place.h(), size);
    }
  }
}
