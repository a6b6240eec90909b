package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NormalScoresTest {

  @Test
  void publishedQuantilesOfTheNormalDistribution() {
    assertEquals(1.959963984540054, Normal.quantile(0.975), 1e-8);
    assertEquals(-3.090232306167813, Normal.quantile(0.001), 1e-8);
    assertEquals(0.8413447460685429, Normal.probability(1), 1e-9);
    assertEquals(0.0013498980316301, Normal.probability(-3), 1e-9);
  }

  @Test
  void theMedianHasScoreZeroAndTheWayBackIsTheSame() {
    var scores = NormalScores.of(new double[] {5, 1, 3, 2, 4});

    assertEquals(0, scores.score(3), 1e-9);
    for (double value = 1; value <= 5; value++) {
      assertEquals(value, scores.value(scores.score(value)), 1e-6);
    }
  }

  @Test
  void nanIsTheWorstAndItsValueIsTheWorstFinite() {
    var scores = NormalScores.of(new double[] {1, 2, Double.NaN, 3});

    assertTrue(scores.score(Double.NaN) > scores.score(3));
    assertEquals(3, scores.value(scores.score(Double.NaN)));
  }

  @Test
  void minusInfinityIsBelowAllAndLeavesNoGap() {
    var scores = NormalScores.of(new double[] {Double.NEGATIVE_INFINITY, 1, 2, 3});

    assertTrue(scores.score(Double.NEGATIVE_INFINITY) < scores.score(0));
    assertTrue(scores.score(0) < scores.score(1));
    assertEquals(1, scores.value(scores.score(0)));
    assertEquals(1, scores.value(-9));
  }

  @Test
  void aBoundIsInfiniteWhereTheValueMayBe() {
    var scores = NormalScores.of(new double[] {1, 2, 3, Double.NaN, Double.NaN});

    assertEquals(Double.POSITIVE_INFINITY, scores.upperBound(scores.score(Double.NaN)));
    assertEquals(Double.POSITIVE_INFINITY, scores.upperBound(scores.score(4)));
    assertEquals(2, scores.upperBound(scores.score(2)), 1e-6);
  }
}
