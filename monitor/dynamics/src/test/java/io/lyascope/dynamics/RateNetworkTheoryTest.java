package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random rate networks near continuous time against the theory of Engelken (2023). */
class RateNetworkTheoryTest {

  /**
   * Equation 5. log |det(I + X)| of a Gaussian X with spectral radius r scatters by sqrt(-log(1 -
   * r^2)), here 0.5, from network to network: four times that, by N dt = 30.
   */
  @Test
  void theMeanExponentIsThatOfTheLeak() {
    LyapunovSpectrum spectrum = RandomRateNetwork.tanh(100, 1.5, 0.3, 1).measure(200, 400);
    assertEquals(Math.log(0.7) / 0.3, spectrum.mean(), 4 * 0.5 / 30);
  }

  @Test
  @Tag("large")
  void theMeanExponentOfALargeNetworkIsThatOfTheLeakToOnePerCent() {
    LyapunovSpectrum spectrum = RandomRateNetwork.tanh(600, 1.5, 0.3, 1).measure(200, 60);
    assertEquals(Math.log(0.7) / 0.3, spectrum.mean(), 4 * 0.5 / 180);
  }

  /** Where dt g sqrt(phi'^2) exceeds 1 - dt the couplings are felt: -1.386 would be the leak's. */
  @Test
  @Tag("large")
  void theMeanExponentIsAnotherOneWhereCouplingsOutweighTheLeak() {
    LyapunovSpectrum spectrum = RandomRateNetwork.tanh(1000, 3, 0.5, 2).measure(100, 60);
    assertEquals(-1.332, spectrum.mean(), 0.015);
  }

  /** As dt goes to zero; at larger steps strong contraction is stronger than growth is strong. */
  @Test
  void theSpectrumBecomesPointSymmetricInContinuousTime() {
    double coarse = asymmetry(RandomRateNetwork.tanh(60, 1.5, 0.4, 3).measure(200, 250));
    double fine = asymmetry(RandomRateNetwork.tanh(60, 1.5, 0.05, 3).measure(1600, 2000));
    assertTrue(fine < 0.15 && fine < coarse / 3, fine + " at 0.05, " + coarse + " at 0.4");
  }

  /** Root mean square of the pairs' sums, which should be twice -1 / tau. */
  private static double asymmetry(LyapunovSpectrum spectrum) {
    List<Double> exponents = spectrum.exponents();
    int n = exponents.size();
    return rootMeanSquare(n, i -> exponents.get(i) + exponents.get(n - 1 - i) + 2);
  }

  /** Below g = 1 the origin is stable: log |eig((1 - dt) I + dt J)| / dt, by EJML. */
  @Test
  void aSilentNetworkHasTheLogarithmsOfItsEigenvalues() {
    double dt = 0.2;
    RandomRateNetwork network = RandomRateNetwork.tanh(24, 0.8, dt, 3);
    double[] j = network.couplings();
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
    LyapunovSpectrum spectrum = network.measure(4000, 4000);
    assertArrayEquals(expected, CellContract.array(spectrum.exponents()), 0.01);
  }

  /**
   * Equations 12 and 13 as dt goes to zero. The eigenvalues of a 64 x 64 Gaussian matrix are off by
   * 0.03 to 0.05 (20 of them, by NumPy); evenly spread ones would be off by more.
   */
  @Test
  void aSilentNetworkOfManyUnitsFollowsTheSemicircle() {
    compareWithSemicircle(64, 8000, 0.055);
  }

  @Test
  @Tag("large")
  void aLargeSilentNetworkFollowsTheSemicircle() {
    compareWithSemicircle(400, 8000, 0.02);
  }

  private static void compareWithSemicircle(int n, int steps, double tolerance) {
    double gain = 0.8;
    List<Double> measured =
        RandomRateNetwork.tanh(n, gain, 0.01, 4).measure(2000, steps).exponents();
    double off = rootMeanSquare(n, i -> measured.get(i) + 1 - gain * semicircle((n - i - 0.5) / n));
    double evenly =
        rootMeanSquare(n, i -> measured.get(i) + 1 - gain * (2 * (n - i - 0.5) / n - 1));
    assertTrue(off < tolerance && off < evenly, "off by " + off + ", evenly by " + evenly);
  }

  /** Where 1/2 + arcsin(u) / pi + u sqrt(1 - u^2) / pi has this value. */
  private static double semicircle(double value) {
    double low = -1;
    double high = 1;
    while (high - low > 1e-12) {
      double u = (low + high) / 2;
      boolean below = 0.5 + (Math.asin(u) + u * Math.sqrt(1 - u * u)) / Math.PI < value;
      low = below ? u : low;
      high = below ? high : u;
    }
    return low;
  }

  /**
   * Dynamic mean-field theory; figure 10 has these pairs. It is size that matters and not the step:
   * 500 units lie 0.03 lower, 1500 up to 0.01, and between steps of 0.1 and 0.4 there is 0.003.
   */
  @ParameterizedTest
  @CsvSource({"1.36457, 0.0299", "1.62321, 0.0627", "2.0271, 0.116"})
  @Tag("large")
  void aLargeNetworkHasTheLargestExponentOfMeanFieldTheory(double gain, double expected) {
    LyapunovSpectrum spectrum = RandomRateNetwork.tanh(4000, gain, 0.4, 1).first(2, 250, 1250);
    assertEquals(expected, spectrum.max(), 0.006);
  }

  /** Figure 14. */
  @Test
  void whiteNoiseLowersTheLargestExponentTheEntropyAndTheDimension() {
    LyapunovSpectrum quiet = noisy(0);
    LyapunovSpectrum noisy = noisy(0.5);
    LyapunovSpectrum loud = noisy(2);
    assertTrue(quiet.max() > noisy.max() && noisy.max() > loud.max());
    assertTrue(quiet.entropyRate() > noisy.entropyRate());
    assertTrue(noisy.entropyRate() > loud.entropyRate());
    assertTrue(dimension(quiet) > dimension(noisy) && dimension(noisy) > dimension(loud));
  }

  private static LyapunovSpectrum noisy(double sigma) {
    return new RandomRateNetwork(60, "tanh", 4, 0.1, sigma, 9).measure(400, 1500);
  }

  private static double dimension(LyapunovSpectrum spectrum) {
    return spectrum.kaplanYorkeDimension().orElseThrow();
  }

  private static double rootMeanSquare(int count, IntToDoubleFunction value) {
    return Math.sqrt(
        IntStream.range(0, count).mapToDouble(value).map(x -> x * x).average().orElseThrow());
  }
}
