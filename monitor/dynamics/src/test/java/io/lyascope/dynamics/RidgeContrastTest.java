package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RidgeContrastTest {

  @Test
  void ridgeIsTheHighestTwentiethAndBackgroundTheMedian() {
    double[] exponents = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
    assertEquals(OptionalDouble.of(98 - 50.5), RidgeContrast.of(exponents));
  }

  @Test
  void oneOfAFewInputsIsTheRidge() {
    assertEquals(OptionalDouble.of(3.0), RidgeContrast.of(new double[] {4, 0, 1, 1}));
    assertEquals(OptionalDouble.of(0.0), RidgeContrast.of(new double[] {4}));
  }

  @Test
  void unlikeARatioItVanishesWithTheSpread() {
    double[] wide = new Random(1).doubles(1000).map(x -> 0.1 + 1e-6 * x).toArray();
    assertEquals(0, RidgeContrast.of(wide).orElseThrow(), 1e-6);
    double[] shifted = Arrays.stream(wide).map(x -> x - 5).toArray();
    assertEquals(
        RidgeContrast.of(wide).orElseThrow(), RidgeContrast.of(shifted).orElseThrow(), 1e-14);
  }

  @Test
  void deadInputsLeaveNoNan() {
    double dead = Double.NEGATIVE_INFINITY;
    assertTrue(RidgeContrast.of(new double[] {dead, dead}).isEmpty());
    assertEquals(
        OptionalDouble.of(Double.POSITIVE_INFINITY),
        RidgeContrast.of(new double[] {dead, 1, dead}));
  }
}
