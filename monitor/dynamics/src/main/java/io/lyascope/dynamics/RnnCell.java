package io.lyascope.dynamics;

/** Elman's network: a = W_ih x + b_ih + W_hh h + b_hh, h' = phi(a). Dh' = phi'(a) W_hh Dh. */
record RnnCell(Weights weights, Activation phi) implements Cell {

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
    private final double[] bias = weights.totalBias();
    private final Joined joined = new Joined(inputSize(), hiddenSize());
    private final double[] a = new double[size];
    private final Matrix product;
    private final Kernels kernels = new Kernels();

    Placed(Place place) {
      this.place = place;
      this.facing = weights.facing(place);
      this.product = Matrix.zeros(size, place.columns());
    }

    @Override
    public void advance(double[] x, int at, double[] state) {
      Kernels.affine(weights.combined(), joined.of(x, at, state, place.h()), bias, a);
      for (int i = 0; i < size; i++) {
        state[place.h() + i] = phi.value(a[i]);
      }
    }

    @Override
    public void push(double[] basis) {
      kernels.multiply(facing, basis, place.h() - place.inputRows(), product);
      for (int i = 0; i < size; i++) {
        Rows.scale(phi.slope(a[i]), product, i, basis, place.h() + i);
      }
    }
  }
}
