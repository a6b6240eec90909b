package io.lyascope.dynamics;

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
      for (int input = 0; input < weights.rows(); input++, to += WIDTH) {
        System.arraycopy(weights.values(), weights.row(input) + unit, values, to, present);
        for (int j = present; j < WIDTH; j++) {
          values[to + j] = 0;
        }
      }
    }
  }

  /** out = out + W x, gate after gate, each filled up to {@link #padded}. */
  void apply(double[] x, int at, double[] out) {
    Arithmetic arithmetic = Kernels.arithmetic();
    for (int column = 0; column < width(); column += WIDTH) {
      arithmetic.row(x, at, values, panel(column), depth, out, column);
    }
  }

  /** A gate here becomes a gate of these weights, each unit scaled. */
  void scale(int gate, double[] scales, Panels weights, int source) {
    Arithmetic arithmetic = Kernels.arithmetic();
    for (int unit = 0; unit < padded(); unit += WIDTH) {
      int from = weights.panel(source, unit);
      int to = panel(gate, unit);
      arithmetic.scale(scales, unit, weights.values, from, depth, values, to);
    }
  }

  /** A gate here becomes a gate of these weights, each input scaled. */
  void scaleInputs(int gate, double[] scales, Panels weights, int source) {
    Arithmetic arithmetic = Kernels.arithmetic();
    for (int unit = 0; unit < padded(); unit += WIDTH) {
      int from = weights.panel(source, unit);
      int to = panel(gate, unit);
      arithmetic.scaleRows(scales, weights.values, from, depth, values, to);
    }
  }

  /** Adds a gate of these weights to a gate here, each input scaled. */
  void addScaledInputs(int gate, double[] scales, Panels weights, int source) {
    Arithmetic arithmetic = Kernels.arithmetic();
    for (int unit = 0; unit < padded(); unit += WIDTH) {
      int from = weights.panel(source, unit);
      int to = panel(gate, unit);
      arithmetic.addScaledRows(scales, weights.values, from, depth, values, to);
    }
  }

  /** Adds a gate of these weights to a gate here, each unit scaled. */
  void addScaled(int gate, double[] scales, Panels weights, int source) {
    Arithmetic arithmetic = Kernels.arithmetic();
    for (int unit = 0; unit < padded(); unit += WIDTH) {
      int from = weights.panel(source, unit);
      int to = panel(gate, unit);
      arithmetic.addScaled(scales, unit, weights.values, from, depth, values, to);
    }
  }
}
