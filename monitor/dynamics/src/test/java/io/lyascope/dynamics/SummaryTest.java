package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void theKaplanYorkeDimensionCountsWhatStillGrowsTogether() {
    assertEquals(0, dimension(3, -1, -2, -3));
    assertEquals(2 + 0.5 / 4, dimension(3, 1, -0.5, -4), 1e-15);
    assertEquals(1, dimension(2, 0, -1));
    assertEquals(3, dimension(3, 1, 0, -0.5));
    assertEquals(1, dimension(2, 0.5, Double.NEGATIVE_INFINITY));
    assertTrue(Summary.kaplanYorkeDimension(new double[] {1, 0}, 3).isEmpty());
  }

  @Test
  void thePcaDimensionIsTheNumberOfEquallyVaryingDirections() {
    Covariance covariance = new Covariance(5);
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double[] vector = new double[5];
      for (int j = 0; j < 3; j++) {
        vector[j] = 1e6 + random.nextGaussian();
      }
      covariance.add(vector);
    }
    assertEquals(3, covariance.dimension(), 1e-2);
  }

  @Test
  void thePcaDimensionSeesNoScaleAndNoConstants() {
    Covariance constant = new Covariance(2);
    Covariance huge = new Covariance(2);
    for (int i = 0; i < 200; i++) {
      constant.add(new double[] {0.1, 0.7});
      huge.add(new double[] {i % 2 * 1e300, i / 2 % 2 * 1e300});
    }
    assertEquals(0, constant.dimension());
    assertEquals(2, huge.dimension(), 1e-12);
  }

  /** However many sequences and steps: means are taken over, not recomputed. */
  @Test
  void thePcaDimensionOfStatesThatStandStillIsZero() {
    for (int steps = 1; steps < 200; steps++) {
      for (double value : new double[] {0.1, 0.7, 1 / 3.0, 1e-300, Math.nextDown(1)}) {
        Covariance whole = new Covariance(1);
        for (int lane = 0; lane < 3; lane++) {
          Covariance part = new Covariance(1);
          for (int step = 0; step < steps; step++) {
            part.add(new double[] {value});
          }
          whole.addAll(part);
        }
        assertEquals(0, whole.dimension(), steps + " times " + value);
      }
    }
  }

  @Test
  void thePcaDimensionDoesNotSeeTheLastBit() {
    Covariance flicker = new Covariance(2);
    Covariance little = new Covariance(2);
    for (int i = 0; i < 200; i++) {
      flicker.add(new double[] {i % 2 == 0 ? 0.7 : Math.nextUp(0.7), 0.1});
      little.add(new double[] {0.7 + i % 2 * 1e-13, 0.1});
    }
    assertEquals(0, flicker.dimension());
    assertEquals(1, little.dimension(), 1e-12);
  }

  @Test
  void estimatesOfAFewSamplesFollowStudent() {
    double[] samples = {1, 2, 3, 4};
    assertEquals(1.25, Estimate.variance(samples), 1e-15);
    assertEquals(Math.sqrt(5.0 / 3) / 2, Estimate.standardError(samples), 1e-15);
    assertEquals(3.182, Estimate.student(3), 1e-12);
    assertEquals(2.042, Estimate.student(30), 1e-3);
    assertEquals(1.98, Estimate.student(100), 5e-3);
  }

  private static double dimension(int size, double... values) {
    return Summary.kaplanYorkeDimension(values, size).orElseThrow();
  }
}
