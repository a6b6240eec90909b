package io.lyascope.dynamics;

import java.util.function.DoublePredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The field of exponents of a network that was trained on the circle problem, and the averages that
 * Storm 2024 takes of it: on the decision boundary (d) and in the centre of the input plane (c).
 *
 * @param depth L, the number of hidden layers
 */
record CircleField(int depth, FiniteTimeExponents exponents) {

  static final FieldGrid GRID = new FieldGrid(-0.95, 0.95, -0.95, 0.95, 40, 40);

  static CircleField of(CircleNetwork network) {
    FiniteTimeExponents field = FiniteTimeField.of(network.snapshot(), InputPlane.WHOLE, GRID);
    return new CircleField(field.layers(), field);
  }

  /** L times the mean exponent on the boundary: the logarithm of how far differences come apart. */
  double stretchOnBoundary() {
    return depth * boundary(exponents.perInput()::get);
  }

  double stretchInCentre() {
    return depth * centre(exponents.perInput()::get);
  }

  /** The mean over the points next to the circle. */
  static double boundary(IntToDoubleFunction value) {
    return mean(value, radius -> Math.abs(radius - CircleNetwork.RADIUS) < 0.06);
  }

  static double centre(IntToDoubleFunction value) {
    return mean(value, radius -> radius < 0.3);
  }

  private static double mean(IntToDoubleFunction value, DoublePredicate radius) {
    return IntStream.range(0, GRID.points())
        .filter(point -> radius.test(Math.hypot(x(point), y(point))))
        .mapToDouble(value)
        .average()
        .orElseThrow();
  }

  static double x(int point) {
    return GRID.x(point % GRID.columns());
  }

  static double y(int point) {
    return GRID.y(point / GRID.columns());
  }
}
