package io.lyascope.dynamics;

/**
 * The innermost loops. Both implementations do the same fused multiply-adds in the same order, so
 * that their results are equal bit for bit and one may take over from the other at any time.
 *
 * <p>A panel is a matrix of some depth and {@link #WIDTH} columns, row by row.
 */
sealed interface Arithmetic permits ScalarArithmetic, VectorArithmetic {

  /** Columns of a panel. */
  int WIDTH = 32;

  /** Rows of a tile. */
  int ROWS = 6;

  /** Partial sums of a scalar product. */
  int PARTS = 16;

  /**
   * c = a b for a tile of {@link #ROWS} rows.
   *
   * @param a column by column
   * @param b a panel
   * @param stride from one row of c to the next
   */
  void tile(double[] a, int aAt, double[] b, int bAt, int depth, double[] c, int cAt, int stride);

  /** c = c + x b for a single row x. */
  void row(double[] x, int xAt, double[] b, int bAt, int depth, double[] c, int cAt);

  /** c = b with each column multiplied by its scale. */
  void scale(double[] scale, int at, double[] b, int bAt, int depth, double[] c, int cAt);

  /** c = c + b with each column multiplied by its scale. */
  void addScaled(double[] scale, int at, double[] b, int bAt, int depth, double[] c, int cAt);

  /**
   * The scalar product of two stretches.
   *
   * @param parts scratch space for {@link #PARTS} partial sums
   */
  double dot(double[] x, int xAt, double[] y, int yAt, int count, double[] parts);

  /** y = y + factor x. */
  void add(double factor, double[] x, int xAt, double[] y, int yAt, int count);

  /**
   * The bits of the largest absolute value of a stretch; those of infinity or above where an
   * element is not finite.
   */
  long largestBits(double[] values, int at, int count);

  /** Finishes a scalar product: the elements that fill no whole round of parts, then the sum. */
  static double sum(double[] parts, double[] x, int xAt, double[] y, int yAt, int done, int count) {
    for (int i = done; i < count; i++) {
      parts[i - done] = Math.fma(x[xAt + i], y[yAt + i], parts[i - done]);
    }
    for (int half = PARTS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        parts[i] += parts[i + half];
      }
    }
    return parts[0];
  }
}
