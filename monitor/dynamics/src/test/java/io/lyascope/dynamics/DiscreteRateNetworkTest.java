package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random rate networks without leak, h' = J phi(h), against the theory of Engelken (2023). */
class DiscreteRateNetworkTest {

  /**
   * lambda(q) = log(g^2 q / c) / 2 with c from mean(c y / (1 + c y)) = q, y = phi'^2 and q = (i -
   * 1/2) / N, here with the slopes that the network itself goes through.
   */
  @ParameterizedTest
  @ValueSource(doubles = {1.5, 3})
  void exponentsAreQuantilesOfAProductOfScaledMatrices(double gain) {
    int n = 100;
    RandomRateNetwork network = RandomRateNetwork.tanh(n, gain, 1, 5);
    double[] slopes = squaredSlopes(network, 125, 100);
    List<Double> exponents = network.measure(100, 300).exponents();
    double sum = 0;
    for (int i = 0; i < 95; i++) {
      double quantile = (i + 0.5) / n;
      double expected = Math.log(gain * gain * quantile / scale(slopes, quantile)) / 2;
      sum += Math.pow(exponents.get(i) - expected, 2);
    }
    assertTrue(Math.sqrt(sum / 95) < 0.08, "off by " + Math.sqrt(sum / 95));
  }

  /** Equation 19, close to g = 1 only, where all slopes are near one; the last tenth is noise. */
  @Test
  void theTriangleLawHoldsNearTheTransitionOnly() {
    double near = offTheTriangle(100, 1.05);
    double far = offTheTriangle(100, 3);
    assertTrue(near < 0.16, "off by " + near);
    assertTrue(far > 0.4, "off by " + far);
  }

  /** A smaller network is off by as much again for its size. */
  @Test
  @Tag("large")
  void theTriangleLawFailsSoonAboveTheTransition() {
    double near = offTheTriangle(300, 1.05);
    assertTrue(near < 0.08, "off by " + near);
    assertEquals(0.15, offTheTriangle(300, 1.3), 0.05);
  }

  private static double offTheTriangle(int n, double gain) {
    int count = 9 * n / 10;
    List<Double> exponents = RandomRateNetwork.tanh(n, gain, 1, 2).measure(1500, 400).exponents();
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double law = exponents.getFirst() + Math.log(1 - (i + 0.5) / n) / 2;
      sum += Math.pow(exponents.get(i) - law, 2);
    }
    return Math.sqrt(sum / count);
  }

  /** The values of an infinite network; the rank fluctuates and lowers the dimension. */
  @Test
  void aNoisyHardTanhNetworkComesNearTheInfiniteOne() {
    HardTanh theory = HardTanh.of(3, 3);
    assertEquals(0.242, theory.active(), 1e-3);
    assertEquals(0.389, theory.largest(), 1e-3);
    assertEquals(0.0287, theory.entropyRate(), 1e-4);
    assertEquals(0.222, theory.dimension(), 1e-3);
    compare(theory, 300, 0.1, 0.2);
  }

  @Test
  @Tag("large")
  void aLargeNoisyHardTanhNetworkIsTheInfiniteOne() {
    compare(HardTanh.of(3, 3), 2000, 0.02, 0.05);
  }

  private static void compare(HardTanh theory, int n, double error, double lost) {
    int count = (int) (theory.active() * n);
    LyapunovSpectrum spectrum =
        new RandomRateNetwork(n, "hardtanh", 3, 1, Math.sqrt(3), 6).first(count, 60, 150);
    List<Double> exponents = spectrum.exponents();
    for (int i = 0; i < 0.6 * count; i++) {
      double law = theory.exponent((i + 0.5) / n);
      assertEquals(law, exponents.get(i), 0.06, "exponent " + i);
    }
    assertEquals(1, spectrum.entropyRate() / n / theory.entropyRate(), error);
    double dimension = spectrum.kaplanYorkeDimension().orElseThrow() / n / theory.dimension();
    assertTrue(dimension > 1 - lost && dimension < 1 + error, "D is " + dimension);
  }

  /** Where lambda_1 is small: (23) as printed, (24) with 4 p lambda_1, to the next order. */
  @Test
  void nearTheTransitionEntropyIsQuadraticAndDimensionLinearInTheLargestExponent() {
    HardTanh theory = HardTanh.of(1.05, 0);
    double largest = theory.largest();
    assertTrue(largest > 0 && largest < 0.05, "largest " + largest);
    double quadratic = theory.active() * largest * largest;
    assertEquals(1, theory.entropyRate() / quadratic, largest);
    assertEquals(1, theory.dimension() / (4 * theory.active() * largest), 2 * largest);
  }

  /** Figures 4 and 6; D peaks before H. */
  @Test
  void entropyAndDimensionPeakWhileTheLargestExponentGrows() {
    List<LyapunovSpectrum> spectra =
        Arrays.stream(new double[] {1.5, 3, 10, 40})
            .mapToObj(gain -> RandomRateNetwork.tanh(100, gain, 1, 10).measure(100, 300))
            .toList();
    double[] largest = spectra.stream().mapToDouble(LyapunovSpectrum::max).toArray();
    double[] entropy = spectra.stream().mapToDouble(LyapunovSpectrum::entropyRate).toArray();
    double[] dimension =
        spectra.stream().mapToDouble(s -> s.kaplanYorkeDimension().orElseThrow()).toArray();
    for (int i = 1; i < 4; i++) {
      assertTrue(largest[i] > largest[i - 1], Arrays.toString(largest));
    }
    assertTrue(entropy[0] < entropy[1] && entropy[1] < entropy[2], Arrays.toString(entropy));
    assertTrue(entropy[3] < entropy[2], Arrays.toString(entropy));
    assertTrue(dimension[0] < dimension[1], Arrays.toString(dimension));
    assertTrue(dimension[1] > dimension[2] && dimension[2] > dimension[3]);
  }

  /**
   * Equation 33. The fourth moments of N Gaussians scatter by sqrt(8 / 3 N), and their mean inverse
   * lies that much squared above N / 3.
   */
  @Test
  void theLeadingVectorIsGaussian() {
    int n = 300;
    for (double gain : new double[] {2, 4}) {
      LyapunovSpectrum spectrum = RandomRateNetwork.tanh(n, gain, 1, 11).first(1, 200, 600);
      double gaussian = (n + 2) / 3.0 * (1 + 8 / (3.0 * n));
      assertEquals(1, spectrum.leadingVectorParticipationRatio() / gaussian, 0.03);
    }
  }

  /** phi'(h)^2 of tanh at every unit and step, by a loop of its own. */
  private static double[] squaredSlopes(RandomRateNetwork network, int settling, int steps) {
    int n = network.size();
    double[] j = network.couplings();
    double[] h = network.start();
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
    double low = -60;
    double high = 60;
    while (high - low > 1e-6) {
      double c = Math.exp((low + high) / 2);
      double mean = Arrays.stream(y).map(one -> c * one / (1 + c * one)).average().orElseThrow();
      low = mean < q ? Math.log(c) : low;
      high = mean < q ? high : Math.log(c);
    }
    return Math.exp(low);
  }
}
