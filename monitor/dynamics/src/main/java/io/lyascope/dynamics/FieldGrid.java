package io.lyascope.dynamics;

/**
 * The points of a rectangle at which a field is measured: {@code columns} values from {@code x0} to
 * {@code x1} and {@code rows} values from {@code y0} to {@code y1}, both ends included.
 */
public record FieldGrid(double x0, double x1, double y0, double y1, int columns, int rows) {

  /** The most points that a grid may have. */
  public static final int MAX_POINTS = 1 << 20;

  /**
   * A checked grid.
   *
   * @throws IllegalArgumentException if an end is not finite or the number of points is not between
   *     1 and {@link #MAX_POINTS}
   */
  public FieldGrid {
    for (double end : new double[] {x0, x1, y0, y1}) {
      if (!Double.isFinite(end)) {
        throw new IllegalArgumentException("the end " + end + " of a grid is not finite");
      }
    }
    if (columns < 1 || rows < 1 || (long) columns * rows > MAX_POINTS) {
      throw new IllegalArgumentException(
          "a grid of %d x %d points, wanted 1 to %d points".formatted(columns, rows, MAX_POINTS));
    }
  }

  /** The horizontal coordinate of a column. */
  public double x(int column) {
    return at(x0, x1, column, columns);
  }

  /** The vertical coordinate of a row. */
  public double y(int row) {
    return at(y0, y1, row, rows);
  }

  private static double at(double from, double to, int index, int count) {
    return count == 1 ? from : from + (to - from) * index / (count - 1);
  }

  int points() {
    return columns * rows;
  }
}
