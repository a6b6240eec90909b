package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random rate networks against the theory of Engelken (2023), at sizes that a build can afford. */
class RateNetworkTheoryTest {

  /** Equation 5: the mean exponent does not depend on the couplings. */
  @Test
  void theMeanExponentIsThatOfTheLeak() {
    LyapunovSpectrum spectrum = measure(network(100, "tanh", 1.5, 0.1, 0, 1), 300, 600);
    assertEquals(Math.log(0.9) / 0.1, spectrum.mean(), 0.02);
  }

  /** As dt goes to zero the spectrum is symmetric around -1 / tau. */
  @Test
  void theSpectrumIsPointSymmetricInContinuousTime() {
    LyapunovSpectrum spectrum = measure(network(60, "tanh", 2, 0.02, 0, 2), 1500, 3000);
    double worst = 0;
    for (int i = 0; i < 30; i++) {
      double pair = spectrum.exponents().get(i) + spectrum.exponents().get(59 - i);
      worst = Math.max(worst, Math.abs(pair + 2));
    }
    assertTrue(worst < 0.4, "worst pair " + worst);
  }

  /** Below g = 1 the origin is stable: log |eig((1 - dt) I + dt J)| / dt, by EJML. */
  @Test
  void aSilentNetworkHasTheLogarithmsOfItsEigenvalues() {
    double dt = 0.2;
    Snapshot network = network(24, "tanh", 0.8, dt, 0, 3);
    double[] j = network.file().tensors().get("weight_hh").toDoubles();
    DMatrixRMaj step = new DMatrixRMaj(24, 24);
    for (int i = 0; i < j.length; i++) {
      step.data[i] = dt * j[i] + (i % 25 == 0 ? 1 - dt : 0);
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(24, false);
    assertTrue(eigen.decompose(step));
    double[] expected =
        IntStream.range(0, 24)
            .mapToObj(i -> eigen.getEigenvalue(i).getMagnitude())
            .sorted(Comparator.reverseOrder())
            .mapToDouble(magnitude -> Math.log(magnitude) / dt)
            .toArray();
    LyapunovSpectrum spectrum = measure(network, 4000, 4000);
    assertArrayEquals(expected, CellContract.array(spectrum.exponents()), 0.01);
  }

  /** Equations 12 and 13: a semicircle of radius g around -1 as dt goes to zero. */
  @Test
  void aSilentNetworkOfManyUnitsFollowsTheSemicircle() {
    LyapunovSpectrum spectrum = measure(network(120, "tanh", 0.8, 0.02, 0, 4), 600, 600);
    assertEquals(-1, spectrum.mean(), 0.03);
    assertEquals(0.8 * 0.8 / 4, spectrum.variance(), 0.02);
    assertEquals(-0.2, spectrum.max(), 0.12);
    assertEquals(-1.8, spectrum.min(), 0.15);
  }

  /**
   * At dt = 1: lambda(q) = log(g^2 q / c) / 2 with c from mean(c y / (1 + c y)) = q, y = phi'^2 and
   * q = i / N, here with the slopes that the network itself goes through.
   */
  @Test
  void aDiscreteNetworkFollowsTheQuantilesOfItsSlopes() {
    int n = 150;
    double gain = 2;
    Snapshot network = network(n, "tanh", gain, 1, 0, 5);
    double[] slopes = squaredSlopes(network, 75, 150);
    LyapunovSpectrum spectrum = measure(network, 60, 150);
    for (double quantile : new double[] {0.25, 0.5, 0.75}) {
      double expected = Math.log(gain * gain * quantile / scale(slopes, quantile)) / 2;
      double measured = spectrum.exponents().get((int) Math.round(n * quantile));
      assertEquals(expected, measured, 0.15, "at " + quantile);
    }
  }

  /** Equations 20 to 24, g = 3 and sigma^2 = 3: the values of an infinite network. */
  @Test
  void aNoisyHardTanhNetworkComesNearTheInfiniteOne() {
    int n = 150;
    Snapshot network = network(n, "hardtanh", 3, 1, Math.sqrt(3), 6);
    LyapunovSpectrum spectrum = measure(network, 60, 200);
    assertEquals(0.389, spectrum.max(), 0.05);
    assertEquals(0.0287, spectrum.entropyRate() / n, 0.006);
    double dimension = spectrum.kaplanYorkeDimension().orElseThrow() / n;
    assertTrue(dimension > 0.16 && dimension < 0.24, "D / N " + dimension);
    assertTrue(spectrum.dead() > n / 2, "most units are saturated now and then");
  }

  @Test
  @Tag("large")
  void aLargeNoisyHardTanhNetworkIsTheInfiniteOne() {
    int n = 800;
    LyapunovSpectrum spectrum = measure(network(n, "hardtanh", 3, 1, Math.sqrt(3), 7), 60, 150);
    assertEquals(0.389, spectrum.max(), 0.015);
    assertEquals(0.0287, spectrum.entropyRate() / n, 0.002);
    assertEquals(0.222, spectrum.kaplanYorkeDimension().orElseThrow() / n, 0.025);
  }

  /** Mean-field theory in continuous time; a finite network comes near it. */
  @Test
  @Tag("large")
  void aLargeNetworkHasTheLargestExponentOfMeanFieldTheory() {
    LyapunovSpectrum spectrum = first(network(1500, "tanh", 2.0271, 0.05, 0, 8), 2000, 6000);
    assertEquals(0.116, spectrum.max(), 0.03);
  }

  @Test
  void whiteNoiseLowersTheLargestExponentTheEntropyAndTheDimension() {
    LyapunovSpectrum quiet = measure(network(60, "tanh", 3, 0.1, 0, 9), 400, 1000);
    LyapunovSpectrum noisy = measure(network(60, "tanh", 3, 0.1, 2, 9), 400, 1000);
    assertTrue(noisy.max() < quiet.max() - 0.05, noisy.max() + " " + quiet.max());
    assertTrue(noisy.entropyRate() < quiet.entropyRate());
    assertTrue(
        noisy.kaplanYorkeDimension().orElseThrow() < quiet.kaplanYorkeDimension().orElseThrow());
  }

  /** Figures 4 and 6: strong couplings raise the largest exponent and lower the rest. */
  @Test
  void entropyAndDimensionPeakWhileTheLargestExponentGrows() {
    LyapunovSpectrum weak = measure(network(100, "tanh", 1.5, 1, 0, 10), 100, 300);
    LyapunovSpectrum medium = measure(network(100, "tanh", 8, 1, 0, 10), 100, 300);
    LyapunovSpectrum strong = measure(network(100, "tanh", 30, 1, 0, 10), 100, 300);
    assertTrue(weak.max() < medium.max() && medium.max() < strong.max());
    assertTrue(weak.entropyRate() < medium.entropyRate());
    assertTrue(strong.entropyRate() < medium.entropyRate());
    double dimension = medium.kaplanYorkeDimension().orElseThrow();
    assertTrue(strong.kaplanYorkeDimension().orElseThrow() < dimension);
  }

  private static Snapshot network(
      int n, String phi, double gain, double dt, double sigma, long seed) {
    return Networks.snapshot(
        new Architecture("rate", 0, n, 1, false, "", phi, Map.of("dt", dt, "sigma", sigma)),
        Networks.gaussian("weight_hh", new Random(seed), gain / Math.sqrt(n), n, n));
  }

  private static LyapunovSpectrum measure(Snapshot network, int settling, int steps) {
    return measure(network, settling, steps, "'all'");
  }

  private static LyapunovSpectrum first(Snapshot network, int settling, int steps) {
    return measure(network, settling, steps, "2");
  }

  private static LyapunovSpectrum measure(
      Snapshot network, int settling, int steps, String exponents) {
    return TangentFlow.begin(
            network,
            start(network),
            Probes.protocol(
                "{'warmup':%d,'burn_in':%d,'steps':%d,'exponents':%s}"
                    .formatted(settling, settling / 4, steps, exponents)))
        .finish();
  }

  private static Probe start(Snapshot network) {
    int n = network.architecture().hiddenSize();
    double[] h0 = new Random(n).doubles(n, -1, 1).toArray();
    return Probes.of(Tensor.of("h0", Dtype.F64, new int[] {1, n}, h0));
  }

  /** phi'(h)^2 of tanh at every unit and step, by a loop of its own. */
  private static double[] squaredSlopes(Snapshot network, int settling, int steps) {
    int n = network.architecture().hiddenSize();
    double[] j = network.file().tensors().get("weight_hh").toDoubles();
    double[] h = start(network).file().tensors().get("h0").toDoubles();
    double[] slopes = new double[n * steps];
    for (int t = 0; t < settling + steps; t++) {
      double[] next = new double[n];
      for (int i = 0; i < n; i++) {
        double slope = 1 / (Math.cosh(h[i]) * Math.cosh(h[i]));
        if (t >= settling) {
          slopes[(t - settling) * n + i] = slope * slope;
        }
        for (int k = 0; k < n; k++) {
          next[i] += j[i * n + k] * Math.tanh(h[k]);
        }
      }
      h = next;
    }
    return slopes;
  }

  /** c with mean(c y / (1 + c y)) = q, by bisection of its logarithm. */
  private static double scale(double[] y, double q) {
    double low = -30;
    double high = 30;
    for (int i = 0; i < 100; i++) {
      double c = Math.exp((low + high) / 2);
      double mean = Arrays.stream(y).map(one -> c * one / (1 + c * one)).average().orElseThrow();
      if (mean < q) {
        low = Math.log(c);
      } else {
        high = Math.log(c);
      }
    }
    return Math.exp((low + high) / 2);
  }
}
