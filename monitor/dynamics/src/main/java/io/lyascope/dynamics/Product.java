package io.lyascope.dynamics;

/**
 * Products of tangent vectors with packed weights, a block of vectors at a time, so that a block's
 * product is still in the cache when it is put to use. Owns its scratch space: one per thread.
 */
final class Product {

  /** Vectors of a block: a multiple of the tile's rows. */
  private static final int BLOCK = 8 * Arithmetic.ROWS;

  /** The block's vectors as tiles want them. */
  private double[] packed = new double[0];

  /** The block's products: vector by vector, gate by gate, each gate filled up to whole panels. */
  private double[] values = new double[0];

  /** What is done with the product of one vector. */
  @FunctionalInterface
  interface Use {

    /**
     * Takes the product of the vector that begins at {@code vector} of the basis.
     *
     * @param product where the products stand
     * @param at where the first gate's units begin; the next gate's follow after {@link
     *     Panels#padded} places
     */
    void take(double[] basis, int vector, double[] product, int at);
  }

  /**
   * Multiplies all vectors of a basis, block by block, and hands each product on. A block is read
   * before its products are used, which may therefore overwrite it.
   *
   * @param length of a vector of the basis
   * @param from the first of the vector's elements that the weights meet
   */
  void forEach(double[] basis, int length, int from, Panels panels, Use use) {
    for (int first = 0; first < basis.length; first += BLOCK * length) {
      int count = Math.min(BLOCK, (basis.length - first) / length);
      reserve(panels);
      pack(basis, first + from, length, count, panels.depth());
      multiply(count, panels);
      hand(basis, first, length, count, panels, use);
    }
  }

  /** The same after each element that the weights meet was multiplied by its scale. */
  void forEachScaled(
      double[] basis, int length, int from, double[] scales, Panels panels, Use use) {
    for (int first = 0; first < basis.length; first += BLOCK * length) {
      int count = Math.min(BLOCK, (basis.length - first) / length);
      reserve(panels);
      pack(basis, first + from, length, count, panels.depth());
      scale(count, scales, panels.depth());
      multiply(count, panels);
      hand(basis, first, length, count, panels, use);
    }
  }

  /** c = a b, c = c + a b or c = c - a b. */
  void multiply(Matrix a, Panels b, Matrix c, Kernels.Target target) {
    reserve(b);
    for (int first = 0; first < a.rows(); first += BLOCK) {
      int count = Math.min(BLOCK, a.rows() - first);
      pack(a.values(), a.row(first), a.stride(), count, b.depth());
      multiply(count, b);
      for (int v = 0; v < count; v++) {
        target.put(values, v * b.width(), c.values(), c.row(first + v), c.columns());
      }
    }
  }

  private void reserve(Panels panels) {
    if (packed.length < BLOCK * panels.depth()) {
      packed = new double[BLOCK * panels.depth()];
    }
    if (values.length < BLOCK * panels.width()) {
      values = new double[BLOCK * panels.width()];
    }
  }

  private void hand(double[] basis, int first, int length, int count, Panels panels, Use use) {
    for (int v = 0; v < count; v++) {
      use.take(basis, first + v * length, values, v * panels.width());
    }
  }

  private void multiply(int count, Panels panels) {
    Arithmetic arithmetic = Kernels.arithmetic();
    double[] weights = panels.values();
    int depth = panels.depth();
    int width = panels.width();
    for (int column = 0; column < width; column += Arithmetic.WIDTH) {
      for (int row = 0; row < count; row += Arithmetic.ROWS) {
        int to = row * width + column;
        arithmetic.tile(
            packed, row * depth, weights, panels.panel(column), depth, values, to, width);
      }
    }
  }

  private void pack(double[] vectors, int at, int stride, int count, int depth) {
    int row = 0;
    for (; row + Arithmetic.ROWS <= count; row += Arithmetic.ROWS) {
      packWhole(vectors, at + row * stride, stride, depth, row * depth);
    }
    for (int to = row * depth; row < count; row += Arithmetic.ROWS) {
      for (int p = 0; p < depth; p++) {
        for (int r = 0; r < Arithmetic.ROWS; r++, to++) {
          packed[to] = row + r < count ? vectors[at + (row + r) * stride + p] : 0;
        }
      }
    }
  }

  private void packWhole(double[] vectors, int at, int stride, int depth, int to) {
    int v1 = at + stride;
    int v2 = v1 + stride;
    int v3 = v2 + stride;
    int v4 = v3 + stride;
    int v5 = v4 + stride;
    for (int p = 0, next = to; p < depth; p++, next += Arithmetic.ROWS) {
      packed[next] = vectors[at + p];
      packed[next + 1] = vectors[v1 + p];
      packed[next + 2] = vectors[v2 + p];
      packed[next + 3] = vectors[v3 + p];
      packed[next + 4] = vectors[v4 + p];
      packed[next + 5] = vectors[v5 + p];
    }
  }

  private void scale(int count, double[] scales, int depth) {
    int at = 0;
    for (int row = 0; row < count; row += Arithmetic.ROWS) {
      for (int p = 0; p < depth; p++) {
        for (int r = 0; r < Arithmetic.ROWS; r++) {
          packed[at++] *= scales[p];
        }
      }
    }
  }
}
