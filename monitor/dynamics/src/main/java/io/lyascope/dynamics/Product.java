package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;

/**
 * Products of tangent vectors with packed weights, a block of vectors at a time, so that a block's
 * product is still in the cache when it is put to use. Owns its scratch space: one per thread.
 */
final class Product {

  /** Vectors of a block: a multiple of every tile's rows. */
  private static final int BLOCK = 48;

  /**
   * From this many tangent vectors on, summing the gates' scaled weights and multiplying once is
   * faster than multiplying with each gate's, on any size (measured: RATIONALE.md).
   */
  static final int SUMMED_FROM = 12;

  private final Protocol.Precision precision;
  private final SinglePrecision single = new SinglePrecision();

  /** The block's vectors, scaled. */
  private double[] scaled = new double[0];

  /** The block's vectors in the order in which they are multiplied. */
  private double[] packed = new double[0];

  /** The block's products: vector by vector, gate by gate, each gate filled up to whole panels. */
  private double[] values = new double[0];

  Product(Protocol.Precision precision) {
    this.precision = precision;
  }

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
    prepare(panels);
    for (int first = 0; first < basis.length; first += BLOCK * length) {
      int count = Math.min(BLOCK, (basis.length - first) / length);
      multiply(basis, first + from, length, count, panels);
      hand(basis, first, length, count, panels, use);
    }
  }

  /** The same after each element that the weights meet was multiplied by its scale. */
  void forEachScaled(
      double[] basis, int length, int from, double[] scales, Panels panels, Use use) {
    prepare(panels);
    for (int first = 0; first < basis.length; first += BLOCK * length) {
      int count = Math.min(BLOCK, (basis.length - first) / length);
      scale(basis, first + from, length, count, scales, panels.depth());
      multiply(scaled, 0, panels.depth(), count, panels);
      hand(basis, first, length, count, panels, use);
    }
  }

  /** c = a b, c = c + a b or c = c - a b. */
  void multiply(Matrix a, Panels b, Matrix c, Kernels.Target target) {
    prepare(b);
    for (int first = 0; first < a.rows(); first += BLOCK) {
      int count = Math.min(BLOCK, a.rows() - first);
      multiply(a.values(), a.row(first), a.stride(), count, b);
      for (int v = 0; v < count; v++) {
        target.put(values, v * b.width(), c.values(), c.row(first + v), c.columns());
      }
    }
  }

  private void hand(double[] basis, int first, int length, int count, Panels panels, Use use) {
    for (int v = 0; v < count; v++) {
      use.take(basis, first + v * length, values, v * panels.width());
    }
  }

  private void prepare(Panels panels) {
    if (values.length < BLOCK * panels.width()) {
      values = new double[BLOCK * panels.width()];
    }
    if (precision == Protocol.Precision.MIXED) {
      single.use(panels);
    }
  }

  private void multiply(double[] vectors, int at, int stride, int count, Panels panels) {
    switch (precision) {
      case DOUBLE -> multiplyDouble(vectors, at, stride, count, panels);
      case MIXED -> single.multiply(vectors, at, stride, count, panels, values);
    }
  }

  private void multiplyDouble(double[] vectors, int at, int stride, int count, Panels panels) {
    if (packed.length < BLOCK * panels.depth()) {
      packed = new double[BLOCK * panels.depth()];
    }
    Kernels.arithmetic().multiply(vectors, at, stride, count, panels, values, packed);
  }

  private void scale(double[] vectors, int at, int stride, int count, double[] scales, int depth) {
    if (scaled.length < BLOCK * depth) {
      scaled = new double[BLOCK * depth];
    }
    for (int v = 0; v < count; v++) {
      int from = at + v * stride;
      for (int p = 0; p < depth; p++) {
        scaled[v * depth + p] = scales[p] * vectors[from + p];
      }
    }
  }
}
