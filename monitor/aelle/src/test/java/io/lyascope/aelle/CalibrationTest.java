package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private final Random random = new Random(3);

  /** Runs whose chance of a good end is exactly logistic in their score. */
  private boolean[] draw(double[] scores) {
    boolean[] good = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = 2 * random.nextGaussian();
      good[i] = random.nextDouble() < 1 / (1 + Math.exp(1.5 * scores[i] - 0.5));
    }
    return good;
  }

  @Test
  void findsTheLogisticCurveThatMadeTheOutcomes() {
    double[] scores = new double[20_000];
    Calibration calibration = Calibration.of(scores, draw(scores));

    assertEquals(-1.5, calibration.slope(), 0.06);
    assertEquals(0.5, calibration.offset(), 0.06);
  }

  @Test
  void stopsOnAverageNoMoreGoodRunsThanAllowed() {
    double lost = 0;
    int repetitions = 300;
    for (int r = 0; r < repetitions; r++) {
      double[] known = new double[80];
      Calibration calibration = Calibration.of(known, draw(known));
      double[] fresh = new double[400];
      boolean[] good = draw(fresh);
      double stopped = 0;
      double wins = 0;
      for (int i = 0; i < fresh.length; i++) {
        wins += good[i] ? 1 : 0;
        stopped += good[i] && calibration.probability(fresh[i]) < calibration.stop() ? 1 : 0;
      }
      lost += stopped / wins / repetitions;
    }

    assertTrue(lost <= 0.053, "lost " + lost);
    assertTrue(lost > 0.01, "lost " + lost);
  }

  @Test
  void nothingIsStoppedWhereTooFewGoodRunsAreKnown() {
    double threshold =
        Calibration.stopBelow(
            new double[] {0.9, 0.8, 0.1}, new boolean[] {true, true, false}, 0.05);

    assertEquals(0, threshold);
  }
}
