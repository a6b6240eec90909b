package io.lyascope.dynamics;

/**
 * A block's product in single precision, for {@code precision: mixed}: twice as many elements fit a
 * vector register. What goes in and comes out is double.
 */
final class SinglePrecision {

  private static final int ROWS = Arithmetic.ROWS;
  private static final int SINGLES = Arithmetic.SINGLES;

  private float[] vectors = new float[0];
  private float[] weights = new float[0];
  private float[] products = new float[0];

  /** Rounds the weights, which then serve any number of blocks. */
  void use(Panels panels) {
    int depth = panels.depth();
    int size = width(panels) * depth;
    if (weights.length < size) {
      weights = new float[size];
    }
    for (int column = 0; column < panels.width(); column += Arithmetic.WIDTH) {
      int to = column / SINGLES * SINGLES * depth + column % SINGLES;
      for (int p = 0, at = panels.panel(column); p < depth; p++, at += Arithmetic.WIDTH) {
        for (int j = 0; j < Arithmetic.WIDTH; j++) {
          weights[to + p * SINGLES + j] = (float) panels.values()[at + j];
        }
      }
    }
  }

  /** Columns of the panels, filled up; what stands in the last ones does not matter. */
  private static int width(Panels panels) {
    return Math.ceilDiv(panels.width(), SINGLES) * SINGLES;
  }

  /** The products of {@code count} vectors with the weights in use. */
  void multiply(double[] block, int at, int stride, int count, Panels panels, double[] out) {
    int depth = panels.depth();
    int width = width(panels);
    int rows = Math.ceilDiv(count, ROWS) * ROWS;
    reserve(rows, depth, width);
    for (int v = 0; v < count; v++) {
      int from = at + v * stride;
      int to = v / ROWS * ROWS * depth + v % ROWS;
      for (int p = 0; p < depth; p++) {
        vectors[to + p * ROWS] = (float) block[from + p];
      }
    }
    Arithmetic arithmetic = Kernels.arithmetic();
    for (int column = 0; column < width; column += SINGLES) {
      for (int row = 0; row < rows; row += ROWS) {
        int to = row * width + column;
        arithmetic.multiply(
            vectors, row * depth, weights, column * depth, depth, products, to, width);
      }
    }
    for (int v = 0; v < count; v++) {
      for (int u = 0; u < panels.width(); u++) {
        out[v * panels.width() + u] = products[v * width + u];
      }
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
}
