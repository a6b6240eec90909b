package io.lyascope.dynamics;

/** How some columns of a matrix are decomposed: as they are, or half by half. */
sealed interface Half {

  /** Columns of which each is taken out of those that follow. */
  int LEAF = 16;

  /** Columns {@code from} to before {@code to}. */
  record Leaf(int from, int to) implements Half {}

  /**
   * Two halves.
   *
   * @param basis the left half of the vectors
   * @param others the right half
   * @param shares scratch space for the components of the right along the left
   * @param against the left half packed to take these components
   * @param by the left half packed to take them away
   * @param lengths of the right columns before they were projected
   */
  record Split(
      int from,
      int middle,
      int to,
      Half left,
      Half right,
      Matrix basis,
      Matrix others,
      Matrix shares,
      Panels against,
      Panels by,
      double[] lengths)
      implements Half {}

  /** For vectors of {@code rows} elements, one after the other, which stay where they are. */
  static Half of(double[] values, int rows, int columns) {
    int half = Math.ceilDiv(columns, 2 * LEAF) * LEAF;
    int width = Math.ceilDiv(Math.max(half, rows), Arithmetic.WIDTH) * Arithmetic.WIDTH;
    Plan plan = new Plan(values, rows, new double[half * half], new double[rows * width]);
    return plan.of(0, columns);
  }

  /** Halves with the scratch space that all of them share, one at a time. */
  record Plan(double[] values, int rows, double[] shares, double[] packed) {

    private Half of(int from, int to) {
      int count = to - from;
      if (count <= LEAF) {
        return new Leaf(from, to);
      }
      int left = Math.ceilDiv(count, 2 * LEAF) * LEAF;
      int right = count - left;
      return new Split(
          from,
          from + left,
          to,
          of(from, from + left),
          of(from + left, to),
          new Matrix(values, from * rows, rows, left, rows),
          new Matrix(values, (from + left) * rows, rows, right, rows),
          new Matrix(shares, 0, left, right, left),
          Panels.in(packed, rows, left),
          Panels.in(packed, left, rows),
          new double[right]);
    }
  }
}
