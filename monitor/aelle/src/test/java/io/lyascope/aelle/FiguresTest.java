package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final double EXACT = 1e-12;

  @Test
  void recallPrecisionAndF1OfAHandCountedTable() {
    // 3 hits, 1 false call, 2 misses
    boolean[] called = {true, true, true, true, false, false, false};
    boolean[] good = {true, true, true, false, true, true, false};

    Scores scores = Scores.of(called, good);

    assertEquals(3 / 5.0, scores.recall(), EXACT);
    assertEquals(3 / 4.0, scores.precision(), EXACT);
    assertEquals(2 / 3.0, scores.f1(), EXACT);
  }

  @Test
  void alwaysGoodHasTheF1OfItsBaseRate() {
    boolean[] called = {true, true, true, true, true};
    boolean[] good = {true, true, true, false, false};
    double p = 0.6;

    assertEquals(2 * p / (1 + p), Scores.of(called, good).f1(), EXACT);
  }

  @Test
  void aucCountsThePairsInTheRightOrder() {
    Random random = new Random(2);
    double[] scores = IntStream.range(0, 60).mapToDouble(_ -> random.nextInt(9)).toArray();
    boolean[] good = new boolean[60];
    for (int i = 0; i < good.length; i++) {
      good[i] = random.nextInt(4) > scores[i] / 4;
    }
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < good.length; i++) {
      for (int j = 0; j < good.length; j++) {
        if (good[i] && !good[j]) {
          pairs++;
          right += scores[i] < scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }

    assertEquals(right / pairs, Ranking.auc(scores, good), EXACT);
  }

  @Test
  void spearmanIsSixSumsOfSquaresWithoutTies() {
    double[] a = {3, 1, 4, 1.5, 9, 2.6};
    double[] b = {2, 7, 1, 8, 2.8, 1.8};
    // ranks 4 1 5 2 6 3 and 3 5 1 6 4 2, d^2 = 1 16 16 16 4 1
    assertEquals(1 - 6 * 54 / (6.0 * 35), Ranking.spearman(a, b), EXACT);
  }

  @Test
  void equalValuesShareTheirRank() {
    assertArrayEquals(
        new double[] {2.5, 1, 2.5, 4}, Ranking.ranks(new double[] {5, 1, 5, Double.NaN}), EXACT);
  }

  @Test
  void explainedVarianceAndBrierScoreByHand() {
    assertEquals(1 - 0.5 / 2, Metric.r2(new double[] {1.5, 2, 2.5}, new double[] {1, 2, 3}), EXACT);
    assertEquals(
        (0.04 + 0.09) / 2,
        Metric.brier(new double[] {0.8, 0.3}, new boolean[] {true, false}),
        EXACT);
  }

  @Test
  void whereThereIsNothingToFindNothingWasMissed() {
    Scores none = Scores.of(new boolean[] {true, false}, new boolean[] {false, false});
    assertTrue(Double.isNaN(none.recall()));
    assertTrue(Double.isNaN(none.f1()));
    assertEquals(0, none.precision());

    Scores silent = Scores.of(new boolean[] {false, false}, new boolean[] {true, false});
    assertEquals(0, silent.recall());
    assertEquals(0, silent.f1());
    assertTrue(Double.isNaN(silent.precision()));
  }
}
