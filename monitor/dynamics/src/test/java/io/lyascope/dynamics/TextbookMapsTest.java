package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Maps of one to three dimensions whose exponents are known or published. */
class TextbookMapsTest {

  private static final TestMap HENON =
      new TestMap(
          2,
          x -> new double[] {1 - 1.4 * x[0] * x[0] + x[1], 0.3 * x[0]},
          x -> new double[][] {{-2.8 * x[0], 1}, {0.3, 0}});

  @Test
  void henonsMapHasItsPublishedExponents() {
    LyapunovSpectrum spectrum = Measurements.of(HENON, "{'steps':2000000}", 0.1, 0.1);
    assertEquals(0.41922, spectrum.max(), 8e-4);
    assertEquals(-1.62319, spectrum.min(), 8e-4);
    assertEquals(Math.log(0.3), spectrum.max() + spectrum.min(), 1e-10);
    assertEquals(1.2583, spectrum.kaplanYorkeDimension().orElseThrow(), 5e-4);
    assertEquals(spectrum.max(), spectrum.entropyRate());
  }

  @Test
  @Tag("large")
  void henonsMapHasThemToFourDigits() {
    LyapunovSpectrum spectrum = Measurements.of(HENON, "{'steps':20000000}", 0.1, 0.1);
    assertEquals(0.41922, spectrum.max(), 2e-4);
    assertEquals(1.2583, spectrum.kaplanYorkeDimension().orElseThrow(), 2e-4);
  }

  @Test
  void theCatMapHasTheLogarithmOfTheGoldenRatioSquared() {
    TestMap map =
        new TestMap(
            2,
            state -> new double[] {(2 * state[0] + state[1]) % 1, (state[0] + state[1]) % 1},
            state -> new double[][] {{2, 1}, {1, 1}});
    LyapunovSpectrum spectrum = Measurements.of(map, "{'steps':1000}", 0.3, 0.7);
    assertEquals(0.962424, spectrum.max(), 1e-6);
    assertEquals(-0.962424, spectrum.min(), 1e-6);
    assertEquals(2, spectrum.kaplanYorkeDimension().orElseThrow(), 1e-9);
  }

  /** Whose every step folds by hand: the slope is two everywhere, so the exponent is exact. */
  @Test
  void theTentMapHasTheLogarithmOfTwo() {
    TestMap map =
        new TestMap(
            1,
            x -> new double[] {x[0] < 0.5 ? 2 * x[0] : 2 - 2 * x[0]},
            x -> new double[][] {{x[0] < 0.5 ? 2 : -2}});
    assertEquals(Math.log(2), Measurements.of(map, "{'steps':300}", 0.3).max(), 1e-14);
  }

  /**
   * With x = sin^2 it is the tent map in other coordinates, so what a finite time adds is a
   * difference between its ends and not a sum over its steps.
   */
  @Test
  void theLogisticMapHasTheLogarithmOfTwo() {
    TestMap map =
        new TestMap(
            1, x -> new double[] {4 * x[0] * (1 - x[0])}, x -> new double[][] {{4 - 8 * x[0]}});
    assertEquals(Math.log(2), Measurements.of(map, "{'steps':200000}", 0.3).max(), 1e-4);
  }

  @Test
  void theFoldedTowelMapIsHyperchaotic() {
    LyapunovSpectrum spectrum = towel(200_000);
    assertEquals(0.432, spectrum.exponents().get(0), 8e-3);
    assertEquals(0.372, spectrum.exponents().get(1), 8e-3);
    assertEquals(-3.296, spectrum.exponents().get(2), 2e-2);
    assertEquals(2, spectrum.positive());
    assertEquals(
        spectrum.exponents().get(0) + spectrum.exponents().get(1), spectrum.entropyRate(), 1e-15);
  }

  /**
   * The published numbers are those of short orbits: their second and third exponent are off by
   * 0.006 and 0.005. These are of three orbits of ten million steps by a program in C that shares
   * nothing with this one; they scatter by 0.0002.
   */
  @Test
  @Tag("large")
  void theFoldedTowelMapHasTheExponentsOfLongOrbits() {
    LyapunovSpectrum spectrum = towel(10_000_000);
    assertEquals(0.4306, spectrum.exponents().get(0), 5e-4);
    assertEquals(0.3776, spectrum.exponents().get(1), 5e-4);
    assertEquals(-3.3013, spectrum.exponents().get(2), 8e-4);
  }

  private static LyapunovSpectrum towel(int steps) {
    TestMap map = new TestMap(3, TextbookMapsTest::fold, TextbookMapsTest::foldSlope);
    return Measurements.of(map, "{'steps':" + steps + "}", 0.085, -0.121, 0.075);
  }

  private static double[] fold(double[] x) {
    double lifted = (x[1] + 0.35) * (1 - 2 * x[2]);
    return new double[] {
      3.8 * x[0] * (1 - x[0]) - 0.05 * lifted,
      0.1 * (lifted - 1) * (1 - 1.9 * x[0]),
      3.78 * x[2] * (1 - x[2]) + 0.2 * x[1]
    };
  }

  private static double[][] foldSlope(double[] x) {
    double lifted = (x[1] + 0.35) * (1 - 2 * x[2]);
    double byY = 1 - 2 * x[2];
    double byZ = -2 * (x[1] + 0.35);
    double folded = 0.1 * (1 - 1.9 * x[0]);
    return new double[][] {
      {3.8 - 7.6 * x[0], -0.05 * byY, -0.05 * byZ},
      {-0.19 * (lifted - 1), folded * byY, folded * byZ},
      {0, 0.2, 3.78 - 7.56 * x[2]}
    };
  }
}
