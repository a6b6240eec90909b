package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SaturationTest {

  @Test
  void slopesKeepTheirAccuracyWhereTheFunctionsRoundToOne() {
    for (double a : new double[] {40, -40, 300}) {
      assertEquals(1, Logistic.sigmoidSlope(a) / Math.exp(-Math.abs(a)), 1e-14);
      assertEquals(1, Logistic.tanhSlope(a) / (4 * Math.exp(-2 * Math.abs(a))), 1e-14);
    }
    assertTrue(Logistic.sigmoid(-700) > 0);
  }

  @Test
  void slopesAreTheDerivatives() {
    for (double a = -3; a <= 3; a += 0.25) {
      double h = 1e-5;
      assertEquals(
          (Logistic.sigmoid(a + h) - Logistic.sigmoid(a - h)) / (2 * h),
          Logistic.sigmoidSlope(a),
          1e-10);
      assertEquals((Math.tanh(a + h) - Math.tanh(a - h)) / (2 * h), Logistic.tanhSlope(a), 1e-10);
    }
  }

  @Test
  void cornersHaveTheSlopeThatPyTorchGivesThem() {
    assertEquals(0, Activation.RELU.slope(0));
    assertEquals(1, Activation.RELU.slope(1e-300));
    assertEquals(0, Activation.HARDTANH.slope(1));
    assertEquals(0, Activation.HARDTANH.slope(-1));
    assertEquals(1, Activation.HARDTANH.slope(Math.nextDown(1.0)));
  }
}
