package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.snapshot.Protocol;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems whose exponents are known, in closed form or from the literature. */
class KnownSystemsTest {

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "'auto'"})
  void aDiagonalMapHasTheLogarithmsOfItsEntries(String every) {
    double[] entries = {1e-3, 0.9, 2, -1.5, 1e-2};
    double[][] jacobian = new double[5][5];
    for (int i = 0; i < 5; i++) {
      jacobian[i][i] = entries[i];
    }
    TestMap map = new TestMap(5, state -> state, state -> jacobian);
    LyapunovSpectrum spectrum =
        measure(
            map,
            "{'initial_basis':'identity','steps':50,'orthonormalize_every':%s}",
            every,
            new double[5]);
    assertArrayEquals(
        new double[] {Math.log(2), Math.log(1.5), Math.log(0.9), Math.log(1e-2), Math.log(1e-3)},
        CellContract.array(spectrum.exponents()),
        1e-12);
  }

  @Test
  void anOrthogonalMapHasZeros() {
    double[][] orthogonal = rows(RandomMatrices_DDRM.orthogonal(12, 12, new Random(1)));
    TestMap map = new TestMap(12, state -> state, state -> orthogonal);
    LyapunovSpectrum spectrum = measure(map, "{'steps':%s}", "200", new double[12]);
    assertArrayEquals(new double[12], CellContract.array(spectrum.exponents()), 1e-14);
    assertEquals(12, spectrum.nearZero());
    assertEquals(0, spectrum.pcaDimension());
  }

  /** Newman (1986): lambda_i = (psi((N-i+1)/2) + log(2 g^2 / N)) / 2. */
  @Test
  void productsOfGaussianMatricesFollowNewman() {
    int n = 6;
    Random random = new Random(1);
    TestMap map =
        new TestMap(
            n,
            state -> state,
            state -> {
              double[][] jacobian = new double[n][n];
              for (double[] row : jacobian) {
                for (int j = 0; j < n; j++) {
                  row[j] = random.nextGaussian() / Math.sqrt(n);
                }
              }
              return jacobian;
            });
    LyapunovSpectrum spectrum =
        measure(map, "{'orthonormalize_every':1,'steps':%s}", "40000", new double[n]);
    for (int i = 0; i < n; i++) {
      double newman = (digamma((n - i) / 2.0) + Math.log(2.0 / n)) / 2;
      assertEquals(newman, spectrum.exponents().get(i), 0.02);
    }
  }

  @Test
  void henonsMapHasItsPublishedExponents() {
    UnaryOperator<double[]> step =
        state -> new double[] {1 - 1.4 * state[0] * state[0] + state[1], 0.3 * state[0]};
    TestMap map = new TestMap(2, step, state -> new double[][] {{-2.8 * state[0], 1}, {0.3, 0}});
    LyapunovSpectrum spectrum = measure(map, "{'steps':%s}", "200000", 0.1, 0.1);
    assertEquals(0.41922, spectrum.max(), 3e-3);
    assertEquals(-1.62319, spectrum.min(), 3e-3);
    assertEquals(Math.log(0.3), spectrum.max() + spectrum.min(), 1e-10);
    assertEquals(1.2583, spectrum.kaplanYorkeDimension().orElseThrow(), 3e-3);
    assertEquals(spectrum.max(), spectrum.entropyRate());
  }

  @Test
  void theCatMapHasTheLogarithmOfTheGoldenRatioSquared() {
    TestMap map =
        new TestMap(
            2,
            state -> new double[] {(2 * state[0] + state[1]) % 1, (state[0] + state[1]) % 1},
            state -> new double[][] {{2, 1}, {1, 1}});
    LyapunovSpectrum spectrum = measure(map, "{'steps':%s}", "1000", 0.3, 0.7);
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
    assertEquals(Math.log(2), measure(map, "{'steps':%s}", "300", 0.3).max(), 1e-14);
  }

  @Test
  void theLogisticMapHasTheLogarithmOfTwo() {
    TestMap map =
        new TestMap(
            1, x -> new double[] {4 * x[0] * (1 - x[0])}, x -> new double[][] {{4 - 8 * x[0]}});
    assertEquals(Math.log(2), measure(map, "{'steps':%s}", "200000", 0.3).max(), 2e-3);
  }

  @Test
  void theFoldedTowelMapIsHyperchaotic() {
    TestMap map = new TestMap(3, KnownSystemsTest::fold, KnownSystemsTest::foldSlope);
    LyapunovSpectrum spectrum = measure(map, "{'steps':%s}", "200000", 0.085, -0.121, 0.075);
    assertEquals(0.432, spectrum.exponents().get(0), 8e-3);
    assertEquals(0.372, spectrum.exponents().get(1), 8e-3);
    assertEquals(-3.296, spectrum.exponents().get(2), 2e-2);
    assertEquals(2, spectrum.positive());
    assertEquals(
        spectrum.exponents().get(0) + spectrum.exponents().get(1), spectrum.entropyRate(), 1e-15);
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

  static LyapunovSpectrum measure(TestMap map, String protocol, String value, double... state) {
    Protocol parsed = Probes.protocol(protocol.formatted(value));
    int length = parsed.warmup() + parsed.burnIn() + parsed.steps();
    return TangentFlow.begin(map, Probes.autonomous(length, state), parsed).finish();
  }

  private static double[][] rows(DMatrixRMaj matrix) {
    double[][] rows = new double[matrix.numRows][matrix.numCols];
    for (int i = 0; i < matrix.numRows; i++) {
      for (int j = 0; j < matrix.numCols; j++) {
        rows[i][j] = matrix.get(i, j);
      }
    }
    return rows;
  }

  /** The logarithmic derivative of the gamma function, by recurrence and Stirling's series. */
  private static double digamma(double x) {
    double sum = 0;
    double y = x;
    for (; y < 10; y++) {
      sum -= 1 / y;
    }
    double square = 1 / (y * y);
    return sum
        + Math.log(y)
        - 1 / (2 * y)
        - square * (1.0 / 12 - square * (1.0 / 120 - square / 252));
  }
}
