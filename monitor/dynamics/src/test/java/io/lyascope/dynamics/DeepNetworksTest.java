package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random networks of very many layers: with depth as time the exponents tend to those of a product
 * of random matrices, whatever the input (Storm 2024, below equation 1). Singular values and
 * Gram-Schmidt's factors are apart by a constant, which L layers divide by L.
 */
class DeepNetworksTest {

  /** At the origin tanh is linear, and Newman's formula holds: see {@link RandomProductsTest}. */
  @Test
  void linearLayersHaveNewmansExponents() {
    int n = 6;
    int depth = 3000;
    double g = 1.3;
    Tensor origin = Tensor.of("inputs", Dtype.F64, new int[] {1, n}, new double[n]);
    List<Double> spectrum = spectra(random("tanh", n, n, depth, g, 1), origin).getFirst();
    for (int i = 0; i < n; i++) {
      double newman = Digamma.meanLogLength(n - i, g * g / n);
      double error = Math.sqrt(Digamma.slope((n - i) / 2.0) / 4 / depth);
      assertEquals(newman, spectrum.get(i), 4.5 * error + 1.0 / depth, "exponent " + i);
    }
  }

  /**
   * A relu layer of random signs keeps k of N rows, k binomial with probability 1/2, and what they
   * make of the i-th direction has the length of k - i + 1 Gaussians, on condition that there are
   * so many: exact at every width. No more directions live than units in the emptiest layer.
   */
  @Test
  void reluLayersHaveTheExponentsOfGaussiansWithRowsLeftOut() {
    int n = 16;
    int depth = 2000;
    Snapshot network = random("relu", n, n, depth, Math.sqrt(2), 1);
    Tensor inputs = Networks.gaussian("inputs", new Random(5), 1, 3, n);
    for (List<Double> spectrum : spectra(network, inputs)) {
      long alive = spectrum.stream().filter(Double::isFinite).count();
      assertTrue(alive >= 1 && alive <= n / 4, spectrum::toString);
      for (int i = 0; i < alive; i++) {
        double error = Math.sqrt(overRows(n, i, true) / depth);
        assertEquals(overRows(n, i, false), spectrum.get(i), 4.5 * error + 1.0 / depth);
      }
    }
  }

  /**
   * Mean or variance of a layer's log R_ii over the number k of rows that are left, whose elements
   * have the variance 2 / N.
   */
  private static double overRows(int n, int i, boolean variance) {
    double mean = variance ? overRows(n, i, false) : 0;
    double sum = 0;
    double weights = 0;
    double binomial = 1;
    for (int k = 0; k <= n; k++) {
      if (k > i) {
        double one = Digamma.meanLogLength(k - i, 2.0 / n) - mean;
        sum += binomial * (variance ? one * one + Digamma.slope((k - i) / 2.0) / 4 : one);
        weights += binomial;
      }
      binomial *= (n - k) / (k + 1.0);
    }
    return sum / weights;
  }

  /**
   * Infinitely wide: log(g^2 mean(phi'^2)) / 2 with the variance that reproduces itself. A layer of
   * N units scatters by less than sqrt(1 / N), and the mean lies lower by about 1 / N.
   */
  @ParameterizedTest
  @CsvSource({"1.5, 0.06522", "3, 0.31025"})
  void wideTanhLayersHaveTheExponentOfMeanFieldTheory(double g, double expected) {
    assertEquals(expected, meanField(g), 1e-5);
    int n = 200;
    int depth = 150;
    Tensor inputs = Networks.gaussian("inputs", new Random(5), 1, 8, 2);
    FiniteTimeExponents deep = measure(random("tanh", 2, n, depth, g, 1), inputs);
    assertEquals(expected, deep.mean(), 3 / Math.sqrt(n * depth) + 1.0 / n);
  }

  private static double meanField(double g) {
    double variance = g * g;
    for (int i = 0; i < 500; i++) {
      double deviation = Math.sqrt(variance);
      variance = g * g * gaussianMean(x -> Math.pow(Math.tanh(deviation * x), 2));
    }
    double deviation = Math.sqrt(variance);
    return Math.log(g * g * gaussianMean(x -> Math.pow(Math.cosh(deviation * x), -4))) / 2;
  }

  /** By the trapezoidal rule. */
  private static double gaussianMean(DoubleUnaryOperator f) {
    double sum = 0;
    double weights = 0;
    for (int i = -800; i <= 800; i++) {
      double weight = Math.exp(-i * i * 5e-5);
      weights += weight;
      sum += weight * f.applyAsDouble(i / 100.0);
    }
    return sum / weights;
  }

  @Test
  void inManyLayersItNoLongerMattersWhichInputItWas() {
    Tensor inputs = Networks.gaussian("inputs", new Random(5), 1, 50, 2);
    double few = measure(random("tanh", 2, 30, 5, 2, 3), inputs).standardDeviation();
    double many = measure(random("tanh", 2, 30, 500, 2, 3), inputs).standardDeviation();
    assertTrue(many < few / 8 && many < 0.02, many + " after " + few);
  }

  private static Snapshot random(String phi, int inputs, int n, int depth, double g, long seed) {
    Random random = new Random(seed);
    List<Tensor> weights = new ArrayList<>();
    for (int l = 0; l <= depth; l++) {
      int columns = l == 0 ? inputs : n;
      int rows = l == depth ? 1 : n;
      double scale = g / Math.sqrt(columns);
      weights.add(Networks.gaussian("layers." + l + ".weight", random, scale, rows, columns));
    }
    return Networks.snapshot(Layers.architecture(phi, false, inputs, false), weights);
  }

  private static FiniteTimeExponents measure(Snapshot network, Tensor inputs) {
    return FeedForward.measure(network, Probes.of(inputs), Protocol.DEFAULT);
  }

  private static List<List<Double>> spectra(Snapshot network, Tensor inputs) {
    var details = EnumSet.of(FiniteTimeDetail.SINGULAR_SPECTRUM);
    return FeedForwardFlow.begin(network, Probes.of(inputs), Protocol.DEFAULT, details)
        .finish()
        .singularSpectra()
        .orElseThrow();
  }
}
