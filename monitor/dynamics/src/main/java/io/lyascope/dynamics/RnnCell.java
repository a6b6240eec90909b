package io.lyascope.dynamics;

import java.util.Optional;

/**
 * Elman's network: a = W_ih x + b_ih + W_hh h + b_hh, h' = phi(a). Dh' = phi'(a) W_hh Dh.
 *
 * <p>The inverse transpose of the derivative is phi'(a)^-1 W_hh^-T, so that the weights are
 * inverted once, and each step takes one product again.
 */
record RnnCell(Weights weights, Activation phi, Optional<InverseTranspose> inverse)
    implements Cell {

  /** Below, the whole is as fast as its parts. */
  private static final int SMALLEST_INVERTED = 48;

  RnnCell(Weights weights, Activation phi) {
    this(weights, phi, Optional.empty());
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

  /** Activations with flat parts have no inverse. */
  @Override
  public Optional<Cell> invertible() {
    return switch (phi) {
      case TANH -> hiddenSize() < SMALLEST_INVERTED ? Optional.empty() : inverted();
      case RELU, HARDTANH -> Optional.empty();
    };
  }

  private Optional<Cell> inverted() {
    return InverseTranspose.of(weights.recurrent().gate(0))
        .map(inverted -> new RnnCell(weights, phi, Optional.of(inverted)));
  }

  @Override
  public Layer layer(Place place) {
    return new Placed(place);
  }

  private final class Placed implements Layer, Product.Use {

    private final Place place;
    private final int size = hiddenSize();
    private final Panels facing;
    private final double[] a = weights.units();
    private final double[] slope = new double[size];
    private final double[] stretch = new double[size];
    private final Product product;
    private final Product.Use pulled = this::takePulled;

    Placed(Place place) {
      this.place = place;
      this.product = new Product(place.precision());
      this.facing = weights.facing(place);
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      weights.preactivate(x, at, state, place.h(), a);
      for (int i = 0; i < size; i++) {
        double value = phi.value(a[i]);
        state[place.h() + i] = value;
        slope[i] = phi.slope(a[i], value);
      }
    }

    @Override
    public void push(double[] basis) {
      product.forEach(basis, place.length(), place.from(), facing, this);
    }

    @Override
    public void pull(double[] basis) {
      Panels panels = inverse.orElseThrow(UnsupportedOperationException::new).panels();
      for (int i = 0; i < size; i++) {
        stretch[i] = 1 / slope[i];
      }
      product.forEach(basis, place.length(), place.h(), panels, pulled);
    }

    private void takePulled(double[] basis, int vector, double[] product, int at) {
      Kernels.arithmetic().multiply(stretch, product, at, basis, vector + place.h(), size);
    }

    @Override
    public void take(double[] basis, int vector, double[] product, int at) {
      Kernels.arithmetic().multiply(slope, product, at, basis, vector + place.h(), size);
    }
  }
}
