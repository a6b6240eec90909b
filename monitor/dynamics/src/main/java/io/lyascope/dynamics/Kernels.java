package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;

/**
 * Products of matrices and stretches of arrays: the facade of {@link Arithmetic}. One instance per
 * thread, because it owns scratch space.
 */
final class Kernels {

  private static volatile Arithmetic arithmetic = new ScalarArithmetic();

  private final Product product = new Product(Protocol.Precision.DOUBLE);
  private final double[] parts = new double[Arithmetic.SCRATCH];

  /** The arithmetic that is fastest at the moment; all give the same results. */
  static Arithmetic arithmetic() {
    return arithmetic;
  }

  /** Changes over to another arithmetic, which those in the middle of something may notice. */
  static void use(Arithmetic faster) {
    arithmetic = faster;
  }

  /** What happens to the target of a product. */
  enum Target {
    /** c = a b. */
    SET {
      @Override
      void put(double[] from, int at, double[] to, int toAt, int count) {
        System.arraycopy(from, at, to, toAt, count);
      }
    },
    /** c = c - a b. */
    SUBTRACT {
      @Override
      void put(double[] from, int at, double[] to, int toAt, int count) {
        add(-1, from, at, to, toAt, count);
      }
    };

    abstract void put(double[] from, int at, double[] to, int toAt, int count);
  }

  /** c = a b or c = c - a b; {@code b} and {@code a} must not share elements with {@code c}. */
  void multiply(Matrix a, Matrix b, Matrix c, Target target) {
    Panels packed = Panels.zeros(b.rows(), 1, b.columns());
    packed.packColumns(b);
    multiply(a, packed, c, target);
  }

  /** c = a b^T: {@code a} is m x d, {@code b} is n x d. */
  void multiplyTransposed(Matrix a, Matrix b, Matrix c) {
    multiply(a, Panels.ofRows(b, 1), c, Target.SET);
  }

  /** The same with a right-hand side that is packed already. */
  void multiply(Matrix a, Panels b, Matrix c, Target target) {
    product.multiply(a, b, c, target);
  }

  /** The scalar product of two stretches. */
  double dot(double[] x, int xAt, double[] y, int yAt, int count) {
    return arithmetic.dot(x, xAt, y, yAt, count, parts);
  }

  /** Takes the components along a unit vector out of vectors that follow one another. */
  void deflate(double[] values, int unit, int first, int count, int size) {
    for (int at = first; at < first + count * size; at += size) {
      add(-dot(values, unit, values, at, size), values, unit, values, at, size);
    }
  }

  /** The same for {@link Arithmetic#UNITS} unit vectors that follow one another. */
  void deflateByAll(double[] values, int units, int first, int count, int size) {
    arithmetic.deflate(values, units, first, count, size, parts);
  }

  /** y = y + factor x, over two stretches. */
  static void add(double factor, double[] x, int xAt, double[] y, int yAt, int count) {
    arithmetic.add(factor, x, xAt, y, yAt, count);
  }
}
