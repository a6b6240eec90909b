package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.Optional;

/**
 * Hochreiter and Schmidhuber's memory cell, gates i, f, g, o: c' = s(f) c + s(i) tanh(g), h' = s(o)
 * tanh(c').
 *
 * <p>Dc' = s(f) Dc + P Dh and Dh' = s(o) sech(c')^2 Dc' + R Dh, where P sums the diagonally scaled
 * blocks of i, f and g and R is that of o, so that two products do the work of four; one if c is
 * held constant. For few tangent vectors the sums would cost more than they save.
 *
 * <p>The inverse transpose of (Dh, Dc) to (Dh', Dc') takes cotangents (a, b) to (a', b'): u = b /
 * s(f), a' = R^-T (a - P^T u), b' = u - s(o) sech(c')^2 a'. R is W_o with its rows scaled, so that
 * the weights are inverted once, and each step takes two products again.
 */
record LstmCell(Weights weights, Optional<LstmInverse> inverse) implements Cell {

  /** Below, the whole is as fast as its parts. */
  private static final int SMALLEST_INVERTED = 48;

  LstmCell(Weights weights) {
    this(weights, Optional.empty());
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
    return 2;
  }

  @Override
  public Optional<Cell> invertible() {
    return hiddenSize() < SMALLEST_INVERTED
        ? Optional.empty()
        : LstmInverse.of(weights.recurrent())
            .map(inverted -> new LstmCell(weights, Optional.of(inverted)));
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
    private final double[][] byMemoryGates = {byInput, byForget, byCandidate};
    private final double[][] byGates = {byInput, byForget, byCandidate, byOutput};

    /** How much of a change of c' shows in h'. */
    private final double[] shown = new double[padded];

    /** P and R, or their sum as it shows in h'. */
    private final Panels block;

    private final Product product;
    private final Product.Use summed;
    private final Product.Use separate;

    private final Optional<Pull> pull;

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
      this.summed = gates == 2 ? this::takeBoth : this::takeHidden;
      this.separate = gates == 2 ? this::takeGates : this::takeHiddenGates;
      this.pull = inverse.map(Pull::new);
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
      if (place.measured() == Protocol.State.HIDDEN) {
        for (int u = 0; u < size; u++) {
          byInput[u] *= shown[u];
          byForget[u] *= shown[u];
          byCandidate[u] *= shown[u];
        }
      }
      if (basis.length / place.length() < Product.SUMMED_FROM) {
        product.forEach(basis, place.length(), place.from(), facing, separate);
      } else {
        sum();
        product.forEach(basis, place.length(), place.from(), block, summed);
      }
    }

    @Override
    public void pull(double[] basis) {
      pull.orElseThrow(UnsupportedOperationException::new).apply(basis);
    }

    private void sum() {
      switch (place.measured()) {
        case FULL -> {
          block.sum(0, byMemoryGates, facing, 0);
          block.scale(1, byOutput, facing, 3);
        }
        case HIDDEN -> block.sum(0, byGates, facing, 0);
      }
    }

    private void takeBoth(double[] basis, int vector, double[] product, int at) {
      int h = vector + place.h();
      int c = vector + place.second();
      Arithmetic arithmetic = Kernels.arithmetic();
      arithmetic.multiplyAdd(forget.value, basis, c, product, at, basis, c, size);
      arithmetic.multiplyAdd(shown, basis, c, product, at + padded, basis, h, size);
    }

    private void takeGates(double[] basis, int vector, double[] product, int at) {
      addMemory(product, at);
      Arithmetic arithmetic = Kernels.arithmetic();
      int output = at + 3 * padded;
      arithmetic.multiply(byOutput, product, output, product, at + padded, size);
      takeBoth(basis, vector, product, at);
    }

    private void takeHiddenGates(double[] basis, int vector, double[] product, int at) {
      addMemory(product, at);
      Arithmetic arithmetic = Kernels.arithmetic();
      arithmetic.multiplyAdd(byOutput, product, at + 3 * padded, product, at, product, at, size);
      takeHidden(basis, vector, product, at);
    }

    /** What i, f and g make of a tangent vector, in place of the product of i. */
    private void addMemory(double[] product, int at) {
      Arithmetic arithmetic = Kernels.arithmetic();
      int forgets = at + padded, candidates = at + 2 * padded;
      arithmetic.multiply(byInput, product, at, product, at, size);
      arithmetic.multiplyAdd(byForget, product, forgets, product, at, product, at, size);
      arithmetic.multiplyAdd(byCandidate, product, candidates, product, at, product, at, size);
    }

    private void takeHidden(double[] basis, int vector, double[] product, int at) {
      System.arraycopy(product, at, basis, vector + place.h(), size);
    }

    /** The inverse transpose, with the slopes of the step just advanced. */
    private final class Pull {

      private final LstmInverse weights;
      private final Panels transposed;
      private final double[] byMemory = new double[padded];
      private final double[] byHidden = new double[padded];
      private final double[] hidden = new double[padded];
      private final Product.Use take = this::take;
      private final Product.Use solve = this::solve;

      Pull(LstmInverse weights) {
        this.weights = weights;
        this.transposed = Panels.zeros(size, 1, size);
      }

      void apply(double[] basis) {
        for (int u = 0; u < size; u++) {
          byMemory[u] = 1 / forget.value[u];
          byHidden[u] = 1 / byOutput[u];
          hidden[u] = -shown[u];
        }
        transposed.sumInputs(0, byMemoryGates, weights.gates(), 0);
        Arithmetic arithmetic = Kernels.arithmetic();
        for (int c = place.second(); c < basis.length; c += place.length()) {
          arithmetic.multiply(byMemory, basis, c, basis, c, size);
        }
        product.forEach(basis, place.length(), place.second(), transposed, take);
        product.forEach(basis, place.length(), place.h(), weights.output(), solve);
      }

      /** a - P^T u. */
      private void take(double[] basis, int vector, double[] product, int at) {
        Kernels.add(-1, product, at, basis, vector + place.h(), size);
      }

      /** a' and b'. */
      private void solve(double[] basis, int vector, double[] product, int at) {
        int h = vector + place.h();
        int c = vector + place.second();
        Arithmetic arithmetic = Kernels.arithmetic();
        arithmetic.multiply(byHidden, product, at, basis, h, size);
        arithmetic.multiplyAdd(hidden, basis, h, basis, c, basis, c, size);
      }
    }
  }
}
