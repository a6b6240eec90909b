package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Differential equations whose exponents per unit time are published. */
class TextbookFlowsTest {

  @Test
  void lorenzsSystemHasItsPublishedExponents() {
    LyapunovSpectrum spectrum = Measurements.of(lorenz(28), "{'steps':300000}", 1, 1, 20);
    assertEquals(0.9056, spectrum.exponents().get(0), 0.006);
    assertEquals(0, spectrum.exponents().get(1), 1e-3);
    assertEquals(-14.5723, spectrum.exponents().get(2), 0.006);
    double sum = spectrum.exponents().stream().mapToDouble(x -> x).sum();
    assertEquals(-41.0 / 3, sum, 2e-4); // Runge-Kutta, of rates up to 20
    assertEquals(2.0621, spectrum.kaplanYorkeDimension().orElseThrow(), 5e-4);
  }

  /**
   * The fixed points at x^2 = y^2 = 8/3 (rho - 1): the real parts of the roots of s^3 + (41/3) s^2
   * + (8/3) (10 + rho) s + (160/3) (rho - 1).
   */
  @ParameterizedTest
  @ValueSource(doubles = {20, 16, 5})
  void lorenzsSystemSettlesBelowItsThreshold(double rho) {
    LyapunovSpectrum spectrum =
        Measurements.of(lorenz(rho), "{'warmup':20000,'burn_in':2000,'steps':20000}", 1, 1, 20);
    double real = -41.0 / 3 - 2 * realPartOfPair(rho);
    assertEquals(realPartOfPair(rho), spectrum.exponents().get(0), 2e-3);
    assertEquals(realPartOfPair(rho), spectrum.exponents().get(1), 2e-3);
    assertEquals(real, spectrum.exponents().get(2), 2e-3);
    // The two of a pair turn into each other; what they have together does not.
    double pair = spectrum.exponents().get(0) + spectrum.exponents().get(1);
    assertEquals(realPartOfPair(rho), pair / 2, 1e-4);
    assertEquals(0, spectrum.kaplanYorkeDimension().orElseThrow());
    assertTrue(spectrum.entropyRate() == 0);
  }

  @Test
  void theFixedPointAtTwentyHasItsPublishedRates() {
    assertEquals(-0.1548, realPartOfPair(20), 1e-4);
    assertEquals(-13.357, -41.0 / 3 - 2 * realPartOfPair(20), 1e-3);
  }

  @Test
  @Tag("large")
  void lorenzsSystemHasThemToThreeDigitsOverLongTimes() {
    LyapunovSpectrum spectrum = Measurements.of(lorenz(28), "{'steps':5000000}", 1, 1, 20);
    assertEquals(0.9056, spectrum.exponents().get(0), 1e-3);
    assertEquals(0, spectrum.exponents().get(1), 1e-4);
    assertEquals(-14.5723, spectrum.exponents().get(2), 1e-3);
    assertEquals(2.0621, spectrum.kaplanYorkeDimension().orElseThrow(), 1e-4);
  }

  @Test
  void roesslersSystemHasItsPublishedExponents() {
    LyapunovSpectrum spectrum = roessler(200_000);
    assertEquals(0.0714, spectrum.exponents().get(0), 0.003);
    assertEquals(0, spectrum.exponents().get(1), 0.001);
    assertEquals(-5.3943, spectrum.exponents().get(2), 0.01);
  }

  @Test
  @Tag("large")
  void roesslersSystemHasThemMoreExactlyOverLongTimes() {
    LyapunovSpectrum spectrum = roessler(5_000_000);
    assertEquals(0.0714, spectrum.exponents().get(0), 8e-4);
    assertEquals(0, spectrum.exponents().get(1), 1e-4);
    assertEquals(-5.3943, spectrum.exponents().get(2), 1e-3);
  }

  private static LyapunovSpectrum roessler(int steps) {
    RungeKutta roessler =
        new RungeKutta(
            3,
            0.02,
            x -> new double[] {-x[1] - x[2], x[0] + 0.2 * x[1], 0.2 + x[2] * (x[0] - 5.7)},
            x -> new double[][] {{0, -1, -1}, {1, 0.2, 0}, {x[2], 0, x[0] - 5.7}});
    String protocol = "{'warmup':10000,'burn_in':2000,'steps':" + steps + "}";
    return Measurements.of(roessler.map(), protocol, 1, 1, 0);
  }

  /** By Newton's method for the real root, which the others follow from. */
  private static double realPartOfPair(double rho) {
    double s = -14;
    for (int i = 0; i < 60; i++) {
      double value = ((s + 41.0 / 3) * s + 8.0 / 3 * (10 + rho)) * s + 160.0 / 3 * (rho - 1);
      double slope = (3 * s + 82.0 / 3) * s + 8.0 / 3 * (10 + rho);
      s -= value / slope;
    }
    return (-41.0 / 3 - s) / 2;
  }

  private static TestMap lorenz(double rho) {
    RungeKutta lorenz =
        new RungeKutta(
            3,
            0.01,
            x ->
                new double[] {
                  10 * (x[1] - x[0]), x[0] * (rho - x[2]) - x[1], x[0] * x[1] - 8.0 / 3 * x[2]
                },
            x -> new double[][] {{-10, 10, 0}, {rho - x[2], -1, -x[0]}, {x[1], x[0], -8.0 / 3}});
    return lorenz.map();
  }
}
