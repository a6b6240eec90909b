package io.lyascope.dynamics;

import java.util.Arrays;

/**
 * Weights packed for products with tangent vectors: a vector x of length {@link #depth} gives, for
 * each gate, as many numbers as it has units. A gate's units stand in panels of {@link
 * Arithmetic#WIDTH}, row by row, the last filled up with zeros, so that the innermost loop reads
 * memory in order and knows no edges.
 *
 * @param depth inputs of a product
 * @param units of each gate
 * @param first input of the stored ones that takes part
 * @param stored inputs in memory
 */
record Panels(int depth, int gates, int units, int first, int stored, double[] values) {

  private static final int WIDTH = Arithmetic.WIDTH;
  private static final int LINE = 8;

  /** Panels of zeros. */
  static Panels zeros(int depth, int gates, int units) {
    int rows = Math.multiplyExact(depth, gates);
    double[] values = new double[Math.multiplyExact(rows, padded(units))];
    return new Panels(depth, gates, units, 0, depth, values);
  }

  /** Panels of one gate in memory that others use at other times. */
  static Panels in(double[] scratch, int depth, int units) {
    return new Panels(depth, 1, units, 0, depth, scratch);
  }

  /** A matrix whose rows are the units, gate by gate: it is applied as W x. */
  static Panels ofRows(Matrix weights, int gates) {
    Panels panels = zeros(weights.columns(), gates, weights.rows() / gates);
    for (int gate = 0; gate < gates; gate++) {
      panels.packRows(weights.rows(gate * panels.units, panels.units), gate);
    }
    return panels;
  }

  /** The same weights for some of the inputs only. */
  Panels inputs(int from, int count) {
    return new Panels(count, gates, units, first + from, stored, values);
  }

  /** Units of a gate, rounded up to whole panels. */
  int padded() {
    return padded(units);
  }

  /** Columns of all panels together. */
  int width() {
    return gates * padded();
  }

  private static int padded(int units) {
    return (units + WIDTH - 1) / WIDTH * WIDTH;
  }

  /** Where the panel that holds a column begins. */
  int panel(int column) {
    return column * stored + first * WIDTH;
  }

  private int panel(int gate, int unit) {
    return panel(gate * padded() + unit);
  }

  /** The weights of a gate, a row for each unit. */
  Matrix gate(int gate) {
    Matrix weights = Matrix.zeros(units, depth);
    for (int unit = 0; unit < units; unit++) {
      int from = panel(gate, unit / WIDTH * WIDTH) + unit % WIDTH;
      for (int input = 0; input < depth; input++) {
        weights.values()[unit * depth + input] = values[from + input * WIDTH];
      }
    }
    return weights;
  }

  /** Takes the rows of a matrix as the units of a gate. */
  void packRows(Matrix weights, int gate) {
    for (int panel = 0; panel < padded(); panel += WIDTH) {
      for (int unit = 0; unit < WIDTH; unit += LINE) {
        int present = Math.clamp(weights.rows() - panel - unit, 0, LINE);
        int to = panel(gate, panel) + unit;
        if (present == LINE) {
          packLine(weights, panel + unit, to);
        } else {
          packPart(weights, panel + unit, present, to);
        }
      }
    }
  }

  /** Eight rows side by side, as many as a cache line holds. */
  private void packLine(Matrix weights, int row, int at) {
    double[] from = weights.values();
    int stride = weights.stride();
    int end = weights.row(row) + weights.columns();
    for (int r = weights.row(row), to = at; r < end; r++, to += WIDTH) {
      values[to] = from[r];
      values[to + 1] = from[r + stride];
      values[to + 2] = from[r + 2 * stride];
      values[to + 3] = from[r + 3 * stride];
      values[to + 4] = from[r + 4 * stride];
      values[to + 5] = from[r + 5 * stride];
      values[to + 6] = from[r + 6 * stride];
      values[to + 7] = from[r + 7 * stride];
    }
  }

  private void packPart(Matrix weights, int row, int present, int at) {
    for (int input = 0; input < weights.columns(); input++) {
      for (int j = 0; j < LINE; j++) {
        values[at + input * WIDTH + j] =
            j < present ? weights.values()[weights.row(row + j) + input] : 0;
      }
    }
  }

  /** Takes the columns of a matrix as the units of the only gate. */
  void packColumns(Matrix weights) {
    for (int unit = 0; unit < weights.columns(); unit += WIDTH) {
      int present = Math.min(WIDTH, weights.columns() - unit);
      int to = panel(0, unit);
      if (present == LINE && WIDTH == LINE) {
        copyLines(weights, unit, to);
      } else {
        copyParts(weights, unit, present, to);
      }
    }
  }

  /** Eight columns, all of a panel. */
  private void copyLines(Matrix weights, int column, int at) {
    double[] from = weights.values();
    int stride = weights.stride();
    int r = weights.row(0) + column;
    for (int to = at; to < at + weights.rows() * LINE; to += LINE) {
      values[to] = from[r];
      values[to + 1] = from[r + 1];
      values[to + 2] = from[r + 2];
      values[to + 3] = from[r + 3];
      values[to + 4] = from[r + 4];
      values[to + 5] = from[r + 5];
      values[to + 6] = from[r + 6];
      values[to + 7] = from[r + 7];
      r += stride;
    }
  }

  private void copyParts(Matrix weights, int column, int present, int at) {
    for (int row = 0; row < weights.rows(); row++) {
      int to = at + row * WIDTH;
      System.arraycopy(weights.values(), weights.row(row) + column, values, to, present);
      Arrays.fill(values, to + present, to + WIDTH, 0);
    }
  }

  /** out = out + W x, gate after gate, each filled up to {@link #padded}. */
  void apply(double[] x, int at, double[] out) {
    Kernels.arithmetic().addRow(x, at, this, out);
  }

  /** A gate here becomes a gate of these weights, each unit scaled. */
  void scale(int gate, double[] scales, Panels weights, int source) {
    for (int unit = 0; unit < padded(); unit += WIDTH) {
      scale(gate, unit, scales, weights, source);
    }
  }

  /** Adds a gate of these weights to a gate here, each unit scaled. */
  void addScaled(int gate, double[] scales, Panels weights, int source) {
    for (int unit = 0; unit < padded(); unit += WIDTH) {
      addScaled(gate, unit, scales, weights, source);
    }
  }

  /**
   * A gate here becomes the sum of gates of these weights, each unit scaled; panel by panel, so
   * that a sum is added to while it is in the cache.
   *
   * @param scales of the units of each gate
   * @param first of the gates, which follow one another
   */
  void sum(int gate, double[][] scales, Panels weights, int first) {
    for (int unit = 0; unit < padded(); unit += WIDTH) {
      scale(gate, unit, scales[0], weights, first);
      for (int term = 1; term < scales.length; term++) {
        addScaled(gate, unit, scales[term], weights, first + term);
      }
    }
  }

  /** The same with each input scaled. */
  void sumInputs(int gate, double[][] scales, Panels weights, int first) {
    Arithmetic arithmetic = Kernels.arithmetic();
    for (int unit = 0; unit < padded(); unit += WIDTH) {
      int to = panel(gate, unit);
      int from = weights.panel(first, unit);
      arithmetic.scaleRows(scales[0], weights.values, from, depth, values, to);
      for (int term = 1; term < scales.length; term++) {
        from = weights.panel(first + term, unit);
        arithmetic.addScaledRows(scales[term], weights.values, from, depth, values, to);
      }
    }
  }

  private void scale(int gate, int unit, double[] scales, Panels weights, int source) {
    int from = weights.panel(source, unit);
    int to = panel(gate, unit);
    Kernels.arithmetic().scale(scales, unit, weights.values, from, depth, values, to);
  }

  private void addScaled(int gate, int unit, double[] scales, Panels weights, int source) {
    int from = weights.panel(source, unit);
    int to = panel(gate, unit);
    Kernels.arithmetic().addScaled(scales, unit, weights.values, from, depth, values, to);
  }
}
