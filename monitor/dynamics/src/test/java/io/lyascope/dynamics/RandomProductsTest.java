package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Products of independent N x N matrices of Gaussians with variance g^2 / N. Newman (1986):
 * lambda_i = (psi((N-i+1)/2) + log(2 g^2 / N)) / 2, exact at every N.
 */
class RandomProductsTest {

  /**
   * Gaussians look the same in every basis, so the steps are independent: log R_ii is half the
   * logarithm of a chi-square variable, whose variance is psi'((N-i+1)/2) / 4.
   */
  @ParameterizedTest
  @CsvSource({"1, 0.3, 50000", "2, 1, 40000", "6, 1.7, 30000", "25, 5, 1500"})
  void followNewmansFormula(int n, double g, int steps) {
    LyapunovSpectrum spectrum = measure(n, g, steps);
    for (int i = 0; i < n; i++) {
      double newman = Digamma.meanLogLength(n - i, g * g / n);
      double error = Math.sqrt(Digamma.slope((n - i) / 2.0) / 4 / steps);
      assertEquals(newman, spectrum.exponents().get(i), 4.5 * error);
    }
  }

  @Test
  void haveTheEntropyRateOfTheSumOverPositiveExponents() {
    int n = 6;
    LyapunovSpectrum spectrum = measure(n, 1.7, 10_000);
    double expected = 0;
    for (int i = 0; i < n; i++) {
      expected += Math.max(0, Digamma.meanLogLength(n - i, 1.7 * 1.7 / n));
    }
    assertEquals(expected, spectrum.entropyRate(), 0.03);
  }

  @Tag("large")
  @Test
  void followNewmansFormulaAtLargeSizes() {
    followNewmansFormula(300, 1, 600);
  }

  private static LyapunovSpectrum measure(int n, double g, int steps) {
    Random random = new Random(1);
    TestMap map = new TestMap(n, state -> state, state -> gaussian(n, g, random));
    String protocol = "{'burn_in':0,'orthonormalize_every':1,'steps':" + steps + "}";
    return Measurements.of(map, protocol, new double[n]);
  }

  private static double[][] gaussian(int n, double g, Random random) {
    double[][] matrix = new double[n][n];
    for (double[] row : matrix) {
      for (int j = 0; j < n; j++) {
        row[j] = g * random.nextGaussian() / Math.sqrt(n);
      }
    }
    return matrix;
  }
}
