package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Snapshot;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What Storm 2024 found for trained networks, figures 2 and 3(b), in small: the circle problem,
 * four hidden layers, 10 units (ridges) and 60 units (ridges fading).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RidgesTest {

  private static final int DEPTH = 4;
  private static final FieldGrid GRID = new FieldGrid(-0.95, 0.95, -0.95, 0.95, 40, 40);

  private Snapshot snapshot;
  private FiniteTimeExponents narrow;
  private FiniteTimeExponents wide;

  @BeforeAll
  void train() {
    CircleNetwork few = new CircleNetwork(10, DEPTH, 1).train(200_000, 0.02);
    CircleNetwork many = new CircleNetwork(60, DEPTH, 1).train(40_000, 0.02);
    assertTrue(few.accuracy() > 0.93 && many.accuracy() > 0.93);
    snapshot = few.snapshot();
    narrow = FiniteTimeField.of(snapshot, InputPlane.WHOLE, GRID);
    wide = FiniteTimeField.of(many.snapshot(), InputPlane.WHOLE, GRID);
  }

  @Test
  void aRidgeOfPositiveExponentsLiesOnTheDecisionBoundary() {
    assertTrue(boundary(exponents(narrow)) > 0.3);
    assertTrue(centre(exponents(narrow)) < -0.3);
  }

  @Test
  void theContrastIsSmallerInAWiderNetwork() {
    double few = boundary(exponents(narrow)) - centre(exponents(narrow));
    double many = boundary(exponents(wide)) - centre(exponents(wide));
    assertTrue(many < 0.75 * few, many + " against " + few);
    // The contrast that needs no boundary says the same.
    assertTrue(wide.contrast().getAsDouble() < 0.75 * narrow.contrast().getAsDouble());
    assertTrue(wide.standardDeviation() < 0.8 * narrow.standardDeviation());
  }

  @Test
  void theStretchOnTheBoundaryDoesNotDependOnTheWidth() {
    double few = DEPTH * boundary(exponents(narrow));
    double many = DEPTH * boundary(exponents(wide));
    assertEquals(1, many / few, 0.3);
  }

  @Test
  void inputsAreStretchedAcrossTheRidge() {
    List<List<Double>> directions = narrow.directions().orElseThrow();
    double alignment =
        boundary(point -> {
          double along = directions.get(point).get(0) * x(point);
          double across = directions.get(point).get(1) * y(point);
          return Math.abs(along + across) / Math.hypot(x(point), y(point));
        });
    assertTrue(alignment > 0.9, "cosine " + alignment); // 2/pi if they were random
  }

  @Test
  void theNetworkIsUncertainOnTheRidgeOnly() {
    double[] entropy = Ensemble.of(List.of(snapshot)).entropy(InputPlane.WHOLE, GRID);
    assertTrue(boundary(point -> entropy[point]) > 4 * centre(point -> entropy[point]));
  }

  private static IntToDoubleFunction exponents(FiniteTimeExponents field) {
    return point -> field.perInput().get(point);
  }

  /** The mean over the points next to the circle. */
  private static double boundary(IntToDoubleFunction value) {
    return mean(value, radius -> Math.abs(radius - CircleNetwork.RADIUS) < 0.06);
  }

  private static double centre(IntToDoubleFunction value) {
    return mean(value, radius -> radius < 0.3);
  }

  private static double mean(IntToDoubleFunction value, DoublePredicate radius) {
    return IntStream.range(0, GRID.points())
        .filter(point -> radius.test(Math.hypot(x(point), y(point))))
        .mapToDouble(value)
        .average()
        .orElseThrow();
  }

  private static double x(int point) {
    return GRID.x(point % GRID.columns());
  }

  private static double y(int point) {
    return GRID.y(point / GRID.columns());
  }
}
