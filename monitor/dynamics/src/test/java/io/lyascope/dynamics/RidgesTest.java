package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Snapshot;
import java.util.List;
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

  private Snapshot snapshot;
  private CircleField narrow;
  private CircleField wide;

  @BeforeAll
  void train() {
    CircleNetwork few = new CircleNetwork(10, DEPTH, 1).train(200_000, 0.02);
    CircleNetwork many = new CircleNetwork(60, DEPTH, 1).train(40_000, 0.02);
    assertTrue(few.accuracy() > 0.93 && many.accuracy() > 0.93);
    snapshot = few.snapshot();
    narrow = CircleField.of(few);
    wide = CircleField.of(many);
  }

  @Test
  void aRidgeOfPositiveExponentsLiesOnTheDecisionBoundary() {
    assertTrue(narrow.stretchOnBoundary() > 0.3 * DEPTH);
    assertTrue(narrow.stretchInCentre() < -0.3 * DEPTH);
  }

  @Test
  void theContrastIsSmallerInAWiderNetwork() {
    double few = narrow.stretchOnBoundary() - narrow.stretchInCentre();
    double many = wide.stretchOnBoundary() - wide.stretchInCentre();
    assertTrue(many < 0.75 * few, many + " against " + few);
    // The contrast that needs no boundary says the same.
    FiniteTimeExponents sharp = narrow.exponents();
    FiniteTimeExponents blurred = wide.exponents();
    assertTrue(blurred.contrast().getAsDouble() < 0.75 * sharp.contrast().getAsDouble());
    assertTrue(blurred.standardDeviation() < 0.8 * sharp.standardDeviation());
  }

  @Test
  void theStretchOnTheBoundaryDoesNotDependOnTheWidth() {
    assertEquals(1, wide.stretchOnBoundary() / narrow.stretchOnBoundary(), 0.3);
  }

  @Test
  void inputsAreStretchedAcrossTheRidge() {
    List<List<Double>> directions = narrow.exponents().directions().orElseThrow();
    double alignment =
        CircleField.boundary(point -> {
          double along = directions.get(point).get(0) * CircleField.x(point);
          double across = directions.get(point).get(1) * CircleField.y(point);
          return Math.abs(along + across) / Math.hypot(CircleField.x(point), CircleField.y(point));
        });
    assertTrue(alignment > 0.9, "cosine " + alignment); // 2/pi if they were random
  }

  @Test
  void theNetworkIsUncertainOnTheRidgeOnly() {
    double[] entropy = Ensemble.of(List.of(snapshot)).entropy(InputPlane.WHOLE, CircleField.GRID);
    assertTrue(
        CircleField.boundary(point -> entropy[point])
            > 4 * CircleField.centre(point -> entropy[point]));
  }
}
