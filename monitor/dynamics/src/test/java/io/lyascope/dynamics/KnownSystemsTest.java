package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Protocol;
import java.util.Arrays;
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

  @Test
  void lorenzsSystemHasItsPublishedExponentsPerUnitTime() {
    LyapunovSpectrum spectrum = measure(lorenz(28, 0.01), "{'steps':%s}", "60000", 1, 1, 20);
    assertEquals(0.9056, spectrum.exponents().get(0), 0.02);
    assertEquals(0, spectrum.exponents().get(1), 0.01);
    assertEquals(-14.5723, spectrum.exponents().get(2), 0.03);
    double sum = spectrum.exponents().stream().mapToDouble(x -> x).sum();
    assertEquals(-41.0 / 3, sum, 1e-3); // what the integrator's step leaves of the divergence
    assertEquals(2.0621, spectrum.kaplanYorkeDimension().orElseThrow(), 2e-3);
  }

  @Test
  void lorenzsSystemSettlesAtTwentyInAStablePoint() {
    LyapunovSpectrum spectrum =
        measure(lorenz(20, 0.01), "{'warmup':20000,'burn_in':2000,'steps':%s}", "20000", 1, 1, 20);
    assertEquals(-0.1548, spectrum.exponents().get(0), 2e-3);
    assertEquals(-0.1548, spectrum.exponents().get(1), 2e-3);
    assertEquals(-13.357, spectrum.exponents().get(2), 2e-3);
    assertEquals(0, spectrum.kaplanYorkeDimension().orElseThrow());
    assertTrue(spectrum.entropyRate() == 0);
  }

  private static LyapunovSpectrum measure(
      TestMap map, String protocol, String value, double... state) {
    Protocol parsed = Probes.protocol(protocol.formatted(value));
    int length = parsed.warmup() + parsed.burnIn() + parsed.steps();
    return TangentFlow.begin(map, Probes.autonomous(length, state), parsed).finish();
  }

  /** Lorenz's equations by the classical Runge-Kutta step, differentiated along with it. */
  private static TestMap lorenz(double rho, double dt) {
    return new TestMap(
        3,
        dt,
        state -> rungeKutta(state, dt, x -> flow(x, rho)),
        state -> {
          double[][] jacobian = new double[3][3];
          for (int j = 0; j < 3; j++) {
            int column = j;
            double[] joint = Arrays.copyOf(state, 6);
            joint[3 + column] = 1;
            double[] next = rungeKutta(joint, dt, x -> jointFlow(x, rho));
            for (int i = 0; i < 3; i++) {
              jacobian[i][column] = next[3 + i];
            }
          }
          return jacobian;
        });
  }

  private static double[] flow(double[] x, double rho) {
    return new double[] {
      10 * (x[1] - x[0]), x[0] * (rho - x[2]) - x[1], x[0] * x[1] - 8.0 / 3 * x[2]
    };
  }

  private static double[] jointFlow(double[] x, double rho) {
    double[] f = flow(x, rho);
    return new double[] {
      f[0],
      f[1],
      f[2],
      10 * (x[4] - x[3]),
      (rho - x[2]) * x[3] - x[4] - x[0] * x[5],
      x[1] * x[3] + x[0] * x[4] - 8.0 / 3 * x[5]
    };
  }

  private static double[] rungeKutta(double[] x, double dt, UnaryOperator<double[]> flow) {
    double[] a = flow.apply(x);
    double[] b = flow.apply(along(x, a, dt / 2));
    double[] c = flow.apply(along(x, b, dt / 2));
    double[] d = flow.apply(along(x, c, dt));
    double[] next = x.clone();
    for (int i = 0; i < x.length; i++) {
      next[i] += dt / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
    }
    return next;
  }

  private static double[] along(double[] x, double[] direction, double length) {
    double[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      moved[i] += length * direction[i];
    }
    return moved;
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
