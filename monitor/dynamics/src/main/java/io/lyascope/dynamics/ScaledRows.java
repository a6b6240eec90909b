package io.lyascope.dynamics;

/** Groups of rows, one an input, each with a power of two beside it. */
final class ScaledRows {

  private ScaledRows() {}

  /** As many identities, one below the other. */
  static Matrix identities(int count, int size) {
    Matrix all = Matrix.zeros(Math.multiplyExact(count, size), size);
    for (int r = 0; r < all.rows(); r++) {
      all.values()[all.row(r) + r % size] = 1;
    }
    return all;
  }

  /**
   * Divides each group by a power of two that brings its largest element near 1, which is exact,
   * and adds the exponent to the group's.
   */
  static void normalize(Matrix rows, int[] powers) {
    int each = rows.rows() / powers.length;
    for (int group = 0; group < powers.length; group++) {
      int from = rows.row(group * each);
      int to = from + each * rows.columns();
      double largest = 0;
      for (int i = from; i < to; i++) {
        largest = Math.max(largest, Math.abs(rows.values()[i]));
      }
      if (largest > 0) {
        int power = Math.getExponent(largest);
        for (int i = from; i < to; i++) {
          rows.values()[i] = Math.scalb(rows.values()[i], -power);
        }
        powers[group] += power;
      }
    }
  }
}
