package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where rounding, saturation and dead units make a careless engine lie. */
class HardCasesTest {

  @Test
  void theAdaptiveIntervalAgreesWithOrthonormalisingEveryStep() {
    Snapshot network = steep();
    Probe probe = Probes.random(2, 70, 3, 1);
    LyapunovSpectrum every = measure(network, probe, "1");
    LyapunovSpectrum auto = measure(network, probe, "'auto'");
    for (int i = 0; i < every.exponents().size(); i++) {
      assertEquals(every.exponents().get(i), auto.exponents().get(i), 1e-6);
    }
    assertEquals(every.resolved(), auto.resolved());
  }

  @Test
  void aFixedIntervalThatIsTooLongFlattensTheTail() {
    Snapshot network = steep();
    Probe probe = Probes.random(2, 70, 3, 1);
    LyapunovSpectrum every = measure(network, probe, "1");
    LyapunovSpectrum ten = measure(network, probe, "10");
    assertEquals(every.max(), ten.max(), 1e-6);
    assertTrue(ten.min() > every.min() + 0.1, ten.min() + " against " + every.min());
    assertTrue(ten.resolved() < every.resolved());
  }

  /** The gates are shut so far that Dh' vanishes next to Dc': half of the basis is lost. */
  @Test
  void aSaturatedLstmKeepsTheRateOfItsMemory() {
    Snapshot network = saturated(8);
    LyapunovSpectrum spectrum = measure(network, Probes.random(1, 70, 1, 1), "1");
    double forget = Math.log(1 / (1 + Math.exp(-5)));
    for (int i = 0; i < 8; i++) {
      assertEquals(forget, spectrum.exponents().get(i), 1e-3);
    }
    assertEquals(8, spectrum.resolved());
    assertEquals(8, spectrum.dead());
    assertEquals(0, spectrum.positive());
    LyapunovSpectrum auto = measure(network, Probes.random(1, 70, 1, 1), "'auto'");
    assertEquals(spectrum.max(), auto.max(), 1e-9);
  }

  @Test
  void deadUnitsAreCountedAndNeverNaN() {
    Snapshot network = relu(1);
    LyapunovSpectrum spectrum = measure(network, Probes.random(3, 70, 2, 1), "1");
    assertTrue(spectrum.dead() > 0);
    assertTrue(spectrum.resolved() > 0);
    assertEquals(12, spectrum.dead() + spectrum.resolved());
    assertEquals(spectrum.exponents().getFirst(), spectrum.max());
    assertNoNaN(spectrum);
  }

  /**
   * A direction that is lost at one step is lost for good: no more exponents are resolved than
   * units are active where the fewest are, and as many are, because the units that are on at such a
   * step are different ones from one step to the next.
   */
  @Test
  void asManyExponentsAreResolvedAsUnitsAreOnWhereTheFewestAre() {
    Snapshot network = relu(0.8);
    Probe probe = Probes.random(1, 70, 2, 1);
    int fewest = fewestActive(network, probe.tensor("inputs").orElseThrow().toDoubles());
    assertTrue(fewest > 2 && fewest < 12, "otherwise it would say nothing: " + fewest);
    LyapunovSpectrum spectrum = measure(network, probe, "1");
    assertTrue(spectrum.resolved() <= fewest, spectrum.resolved() + " of " + fewest);
    assertTrue(spectrum.resolved() >= fewest - 1, spectrum.resolved() + " of " + fewest);
  }

  /** Of all steps with a tangent basis, by a loop of its own. */
  private static int fewestActive(Snapshot network, double[] inputs) {
    var tensors = network.file().tensors();
    double[] w = tensors.get("weight_ih_l0").toDoubles();
    double[] u = tensors.get("weight_hh_l0").toDoubles();
    double[] h = new double[12];
    int fewest = 12;
    for (int t = 0; t < 70; t++) {
      double[] next = tensors.get("bias_ih_l0").toDoubles();
      int active = 0;
      for (int i = 0; i < 12; i++) {
        next[i] += w[2 * i] * inputs[2 * t] + w[2 * i + 1] * inputs[2 * t + 1];
        for (int k = 0; k < 12; k++) {
          next[i] += u[12 * i + k] * h[k];
        }
        next[i] = Math.max(0, next[i]);
        active += next[i] > 0 ? 1 : 0;
      }
      fewest = t < 10 ? fewest : Math.min(fewest, active);
      h = next;
    }
    return fewest;
  }

  @Test
  void aNetworkOfDeadUnitsHasNothingButNegativeInfinities() {
    LyapunovSpectrum spectrum = measure(relu(-1000), Probes.random(2, 70, 2, 1), "'auto'");
    assertEquals(12, spectrum.negativeInfinities());
    assertEquals(12, spectrum.dead());
    assertEquals(Double.NEGATIVE_INFINITY, spectrum.mean());
    assertTrue(spectrum.meanFinite().isEmpty());
    assertEquals(0, spectrum.kaplanYorkeDimension().orElseThrow());
    assertFalse(spectrum.converged());
    assertNoNaN(spectrum);
  }

  @Test
  void anExplodingStateIsDivergence() {
    Architecture architecture = new Architecture("rnn", 1, 2, 1, false, "", "relu", Map.of());
    Snapshot network =
        Networks.snapshot(
            architecture,
            Tensor.of("weight_ih_l0", Dtype.F64, new int[] {2, 1}, 1, 1),
            Tensor.of("weight_hh_l0", Dtype.F64, new int[] {2, 2}, 1e9, 0, 0, 1e9));
    Tensor ones = Tensor.of("inputs", Dtype.F64, new int[] {1, 70, 1}, ones(70));
    RefusedException refused =
        assertThrows(RefusedException.class, () -> measure(network, Probes.of(ones), "1"));
    assertEquals(RefusedException.Kind.DIVERGED, refused.kind());
  }

  /** States up to 1e200 and growth of 1e7 a step over long intervals stay within a double. */
  @Test
  void longIntervalsOfGrowthAndShrinkageStayInRange() {
    Architecture architecture = new Architecture("rnn", 1, 2, 1, false, "", "relu", Map.of());
    Snapshot network =
        Networks.snapshot(
            architecture,
            Tensor.of("weight_ih_l0", Dtype.F64, new int[] {2, 1}, 1, 1),
            Tensor.of("weight_hh_l0", Dtype.F64, new int[] {2, 2}, 1e4, 0, 0, 1e-100));
    Tensor ones = Tensor.of("inputs", Dtype.F64, new int[] {1, 70, 1}, ones(70));
    LyapunovSpectrum spectrum =
        TangentFlow.begin(
                network,
                Probes.of(ones),
                Probes.protocol(
                    "{'burn_in':0,'steps':70,'orthonormalize_every':35,'initial_basis':'identity'}"))
            .finish();
    assertEquals(Math.log(1e4), spectrum.max(), 1e-9);
    assertEquals(Math.log(1e-100), spectrum.min(), 1e-9);
    assertTrue(spectrum.pcaDimension() >= 1 && spectrum.pcaDimension() < 1.001);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static LyapunovSpectrum measure(Snapshot network, Probe probe, String every) {
    return TangentFlow.begin(
            network,
            probe,
            Probes.protocol("{'burn_in':10,'steps':60,'orthonormalize_every':" + every + "}"))
        .finish();
  }

  /** Contracting, with exponents that differ by several nats a step. */
  private static Snapshot steep() {
    return Networks.random(Networks.architecture("lstm", 3, 12, 1, true), 1, 4);
  }

  private static Snapshot relu(double bias) {
    Random random = new Random(2);
    double[] biases = new double[12];
    Arrays.fill(biases, bias);
    return Networks.snapshot(
        new Architecture("rnn", 2, 12, 1, true, "", "relu", Map.of()),
        Networks.gaussian("weight_ih_l0", random, 1, 12, 2),
        Networks.gaussian("weight_hh_l0", random, 0.5, 12, 12),
        Tensor.of("bias_ih_l0", Dtype.F64, new int[] {12}, biases),
        Tensor.of("bias_hh_l0", Dtype.F64, new int[] {12}, new double[12]));
  }

  private static Snapshot saturated(int size) {
    Random random = new Random(3);
    double[] bias = new double[4 * size];
    Arrays.fill(bias, 0, size, -60);
    Arrays.fill(bias, size, 2 * size, 5);
    Arrays.fill(bias, 3 * size, 4 * size, -60);
    return Networks.snapshot(
        Networks.architecture("lstm", 1, size, 1, true),
        List.of(
            Networks.gaussian("weight_ih_l0", random, 0.01, 4 * size, 1),
            Networks.gaussian("weight_hh_l0", random, 0.1, 4 * size, size),
            Tensor.of("bias_ih_l0", Dtype.F64, new int[] {4 * size}, bias),
            Tensor.of("bias_hh_l0", Dtype.F64, new int[] {4 * size}, new double[4 * size])));
  }

  private static void assertNoNaN(LyapunovSpectrum spectrum) {
    assertFalse(spectrum.toString().contains("NaN"), spectrum.toString());
  }
}
