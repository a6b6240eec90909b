package io.lyascope.dynamics;

/** Operations on single rows of a tangent basis. */
final class Rows {

  private Rows() {}

  /** to[row] = factor from[fromRow]. */
  static void scale(double factor, Matrix from, int fromRow, double[] to, int row) {
    int columns = from.columns();
    int source = from.row(fromRow);
    int target = row * columns;
    for (int j = 0; j < columns; j++) {
      to[target + j] = factor * from.values()[source + j];
    }
  }

  /** to[row] = factor from[fromRow] + keep to[row]. */
  static void mix(double factor, Matrix from, int fromRow, double keep, double[] to, int row) {
    int columns = from.columns();
    int source = from.row(fromRow);
    int target = row * columns;
    for (int j = 0; j < columns; j++) {
      to[target + j] = Math.fma(keep, to[target + j], factor * from.values()[source + j]);
    }
  }

  /** to[toRow] = basis[row]. */
  static void copy(double[] basis, int row, Matrix to, int toRow) {
    System.arraycopy(basis, row * to.columns(), to.values(), to.row(toRow), to.columns());
  }

  /** basis[row] = basis[row] + factor basis[from]. */
  static void add(double factor, double[] basis, int from, int row, int columns) {
    Kernels.add(factor, basis, from * columns, basis, row * columns, columns);
  }
}
