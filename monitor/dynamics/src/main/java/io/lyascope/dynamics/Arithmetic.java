package io.lyascope.dynamics;

/**
 * The innermost loops. Both implementations do the same fused multiply-adds in the same order, so
 * that their results are equal bit for bit and one may take over from the other at any time.
 *
 * <p>A panel is a matrix of some depth and {@link #WIDTH} columns, row by row.
 */
sealed interface Arithmetic permits ScalarArithmetic, VectorArithmetic {

  /** Columns of a panel: those of a tile, so that what it reads of a panel lies in one piece. */
  int WIDTH = Tile.HERE.columns;

  /** Rows of a tile. */
  int ROWS = Tile.HERE.rows;

  /** Columns of a panel in single precision. */
  int SINGLES = Tile.HERE.singles;

  /** Partial sums of a scalar product. */
  int PARTS = 16;

  /** Unit vectors of a {@link #deflate}: as many as have their eight partial sums in registers. */
  int UNITS = 4;

  /** Places for partial sums that callers provide. */
  int SCRATCH = 32;

  /**
   * c = a b, whose rows follow one another in c, panel by panel. Rows of c up to the next multiple
   * of {@link #ROWS} may be overwritten.
   *
   * @param rows of a, at least one
   * @param packed scratch space for as many elements as a has, its rows rounded up likewise
   */
  void multiply(double[] a, int aAt, int aStride, int rows, Panels b, double[] c, double[] packed);

  /**
   * The same in single precision, for {@link #ROWS} rows of a that stand side by side and a panel
   * of {@link #SINGLES} columns.
   *
   * @param aAt where the rows' first elements are, which their next ones follow
   */
  void multiply(float[] a, int aAt, float[] b, int bAt, int depth, float[] c, int cAt, int cStride);

  /** c = c + x b for a single row x. */
  void addRow(double[] x, int xAt, Panels b, double[] c);

  /** c = b with each column multiplied by its scale. */
  void scale(double[] scale, int at, double[] b, int bAt, int depth, double[] c, int cAt);

  /** c = c + b with each column multiplied by its scale. */
  void addScaled(double[] scale, int at, double[] b, int bAt, int depth, double[] c, int cAt);

  /** c = b with each row multiplied by its scale. */
  void scaleRows(double[] scale, double[] b, int bAt, int depth, double[] c, int cAt);

  /** c = c + b with each row multiplied by its scale. */
  void addScaledRows(double[] scale, double[] b, int bAt, int depth, double[] c, int cAt);

  /**
   * The scalar product of two stretches.
   *
   * @param parts {@link #SCRATCH} places for partial sums
   */
  double dot(double[] x, int xAt, double[] y, int yAt, int count, double[] parts);

  /**
   * Takes the components along {@link #UNITS} unit vectors, which follow one another, out of each
   * of some vectors that follow one another. All components are those of the vector as it was
   * given.
   *
   * @param units where the first unit vector begins, which has {@code size} elements as the others
   * @param parts {@link #SCRATCH} places for partial sums
   */
  void deflate(double[] values, int units, int first, int count, int size, double[] parts);

  /** y = y + factor x. */
  void add(double factor, double[] x, int xAt, double[] y, int yAt, int count);

  /** y = s x, element by element; s begins with its first element. */
  void multiply(double[] s, double[] x, int xAt, double[] y, int yAt, int count);

  /** y = s z + x, element by element; s begins with its first element and y may be z. */
  void multiplyAdd(
      double[] s, double[] z, int zAt, double[] x, int xAt, double[] y, int yAt, int count);

  /**
   * The bits of the largest absolute value of a stretch; those of infinity or above where an
   * element is not finite.
   */
  long largestBits(double[] values, int at, int count);

  /**
   * Whether it shows at a glance that the largest absolute value of each of some stretches that
   * follow one another lies within bounds; an implementation may miss that it does.
   */
  boolean areWithin(double[] values, int size, int count, double least, double most);

  /**
   * Finishes a scalar product: four partial sums, then the elements that fill no whole round of
   * parts.
   */
  static double sum(double[] parts, double[] x, int xAt, double[] y, int yAt, int done, int count) {
    double sum = sumOfFour(parts, 0);
    for (int i = done; i < count; i++) {
      sum = Math.fma(x[xAt + i], y[yAt + i], sum);
    }
    return sum;
  }

  /** Adds partial sums to each other, the second half to the first, until four are left. */
  static void fold(double[] parts, int at, int count) {
    for (int half = count / 2; half >= 4; half /= 2) {
      for (int i = at; i < at + half; i++) {
        parts[i] += parts[i + half];
      }
    }
  }

  static double sumOfFour(double[] parts, int at) {
    return (parts[at] + parts[at + 2]) + (parts[at + 1] + parts[at + 3]);
  }
}
