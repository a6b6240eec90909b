package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import org.junit.jupiter.api.Test;

/** What too few orthonormalisations do, and that the adaptive policy does enough. */
class OrthonormalizationPolicyTest {

  private static final Snapshot NETWORK =
      Networks.random(Networks.architecture("rnn", 3, 32, 1, true), 1.2, 1);
  private static final Probe PROBE = Probes.random(2, 220, 3, 2);

  /** Vogt's figure 2.5, Engelken's figure 19. */
  @Test
  void aLongFixedIntervalFlattensTheTailAndTheAdaptiveOneDoesNot() {
    LyapunovSpectrum every = measure("1");
    LyapunovSpectrum seldom = measure("50");
    LyapunovSpectrum adaptive = measure("'auto'");
    assertEquals(every.max(), seldom.max(), 1e-6, "the head survives");
    assertTrue(seldom.min() > every.min() + 0.3, "the tail: " + seldom.min() + " " + every.min());
    assertTrue(seldom.resolved() < 32, "and the reading says so");
    assertEquals(32, adaptive.resolved());
    assertArrayEquals(
        CellContract.array(every.exponents()), CellContract.array(adaptive.exponents()), 1e-6);
  }

  /** All have the inputs of the first, which tries intervals of one, two and four steps. */
  @Test
  void noOtherSequenceLearnsAgainHowLongIntervalsMayBe() {
    double[] once = Probes.random(1, 40, 3, 2).tensor("inputs").orElseThrow().toDoubles();
    double[] often = new double[5 * once.length];
    for (int sequence = 0; sequence < 5; sequence++) {
      System.arraycopy(once, 0, often, sequence * once.length, once.length);
    }
    Probe alike = Probes.of(Tensor.of("inputs", Dtype.F64, new int[] {5, 40, 3}, often));
    TangentFlow flow =
        TangentFlow.begin(NETWORK, alike, Probes.protocol("{'burn_in':0,'steps':40}"));
    flow.finish();
    Growth first = flow.trajectories().getFirst().growth();
    for (Trajectory other : flow.trajectories().subList(1, 5)) {
      assertTrue(other.growth().decompositions() < first.decompositions());
      for (int i = 0; i < 32; i++) {
        assertEquals(first.rate(i), other.growth().rate(i), 1e-7);
      }
    }
  }

  /** Figure 17: an open forget gate keeps the first half of the directions alive. */
  @Test
  void aForgetBiasPushesTheFirstHalfOfAnLstmToZero() {
    double closed = meanOfFirstHalf(0);
    double half = meanOfFirstHalf(3);
    double open = meanOfFirstHalf(6);
    assertTrue(closed < half && half < open, closed + " " + half + " " + open);
    assertTrue(open > -0.05 && closed < -0.3, closed + " " + open);
  }

  private static double meanOfFirstHalf(double forgetBias) {
    int n = 12;
    Snapshot plain = Networks.random(Networks.architecture("lstm", 3, n, 1, true), 0.3, 5);
    double[] bias = plain.file().tensors().get("bias_ih_l0").toDoubles();
    for (int i = n; i < 2 * n; i++) {
      bias[i] = forgetBias;
    }
    Snapshot biased =
        Networks.snapshot(
            plain.architecture(),
            plain.file().tensors().get("weight_ih_l0"),
            plain.file().tensors().get("weight_hh_l0"),
            plain.file().tensors().get("bias_hh_l0"),
            Tensor.of("bias_ih_l0", Dtype.F64, new int[] {4 * n}, bias));
    return TangentFlow.begin(biased, PROBE, Probes.protocol("{'steps':150}"))
        .finish()
        .exponents()
        .subList(0, n)
        .stream()
        .mapToDouble(x -> x)
        .average()
        .orElseThrow();
  }

  private static LyapunovSpectrum measure(String every) {
    String protocol = "{'steps':200,'orthonormalize_every':%s}".formatted(every);
    return TangentFlow.begin(NETWORK, PROBE, Probes.protocol(protocol)).finish();
  }
}
