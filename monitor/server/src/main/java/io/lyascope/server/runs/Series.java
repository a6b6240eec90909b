package io.lyascope.server.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One scalar over steps, ascending, one value a step, the last one said. Once it is full it is
 * thinned to half, keeping lows, highs and what is not finite.
 */
final class Series {

  static final int CAPACITY = 2048;

  private long[] steps = new long[16];
  private double[] values = new double[16];
  private int size;

  /** One value. */
  record Point(long step, double value) {}

  void put(long step, double value) {
    int at = Arrays.binarySearch(steps, 0, size, step);
    if (at >= 0) {
      values[at] = value;
      return;
    }
    if (size == CAPACITY) {
      thin();
      put(step, value);
      return;
    }
    insert(-at - 1, step, value);
  }

  private void insert(int at, long step, double value) {
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    System.arraycopy(steps, at, steps, at + 1, size - at);
    System.arraycopy(values, at, values, at + 1, size - at);
    steps[at] = step;
    values[at] = value;
    size++;
  }

  private void thin() {
    List<Point> kept =
        Decimation.of(between(Long.MIN_VALUE, Long.MAX_VALUE), CAPACITY / 2, Point::value);
    size = 0;
    for (Point point : kept) {
      steps[size] = point.step();
      values[size] = point.value();
      size++;
    }
  }

  /** Forgets this step and all later ones: a new attempt measures them again. */
  void truncate(long fromStep) {
    int at = Arrays.binarySearch(steps, 0, size, fromStep);
    size = at >= 0 ? at : -at - 1;
  }

  /** The values of {@code from <= step <= to}. */
  List<Point> between(long from, long to) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (steps[i] >= from && steps[i] <= to) {
        points.add(new Point(steps[i], values[i]));
      }
    }
    return points;
  }

  double last() {
    return size == 0 ? Double.NaN : values[size - 1];
  }

  boolean isEmpty() {
    return size == 0;
  }
}
