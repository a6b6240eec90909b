package io.lyascope.dynamics;

/** Elman's network: a = W_ih x + b_ih + W_hh h + b_hh, h' = phi(a). Dh' = phi'(a) W_hh Dh. */
record RnnCell(Weights weights, Activation phi) implements Cell {

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
    private final Panels facing;
    private final double[] a = weights.units();
    private final double[] slope = new double[size];
    private final Product product;

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
    public void take(double[] basis, int vector, double[] product, int at) {
      Kernels.arithmetic().multiply(slope, product, at, basis, vector + place.h(), size);
    }
  }
}
