package io.lyascope.dynamics;

/**
 * A block's product in single precision, for {@code precision: mixed}: twice as many elements fit a
 * vector register. What goes in and comes out is double.
 */
final class SinglePrecision {

  private float[] vectors = new float[0];
  private float[] weights = new float[0];
  private float[] products = new float[0];

  /** Rounds the weights, which then serve any number of blocks. */
  void use(Panels panels) {
    int size = panels.width() * panels.depth();
    if (weights.length < size) {
      weights = new float[size];
    }
    for (int column = 0; column < panels.width(); column += Arithmetic.WIDTH) {
      int length = Arithmetic.WIDTH * panels.depth();
      round(panels.values(), panels.panel(column), weights, column * panels.depth(), length);
    }
  }

  /** The products of {@code count} vectors with the weights in use. */
  void multiply(double[] block, int at, int stride, int count, Panels panels, double[] out) {
    int depth = panels.depth();
    int width = panels.width();
    int rows = Math.ceilDiv(count, Arithmetic.ROWS) * Arithmetic.ROWS;
    reserve(rows, depth, width);
    for (int v = 0; v < count; v++) {
      round(block, at + v * stride, vectors, v * depth, depth);
    }
    Arithmetic arithmetic = Kernels.arithmetic();
    for (int column = 0; column < width; column += Arithmetic.WIDTH) {
      for (int row = 0; row < rows; row += Arithmetic.ROWS) {
        int to = row * width + column;
        arithmetic.multiply(
            vectors, row * depth, depth, weights, column * depth, depth, products, to, width);
      }
    }
    for (int i = 0; i < count * width; i++) {
      out[i] = products[i];
    }
  }

  private void reserve(int rows, int depth, int width) {
    if (vectors.length < rows * depth) {
      vectors = new float[rows * depth];
    }
    if (products.length < rows * width) {
      products = new float[rows * width];
    }
  }

  private static void round(double[] from, int at, float[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = (float) from[at + i];
    }
  }
}
