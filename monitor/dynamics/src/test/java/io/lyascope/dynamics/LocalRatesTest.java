package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.dynamics.LocalRates.SensitiveStep;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalRatesTest {

  private static final Protocol PROTOCOL = Probes.protocol("{'warmup':3,'burn_in':7}");

  @Test
  void theLastRunningExponentsAreTheSpectrum() {
    Snapshot gru = Networks.random(Networks.architecture("gru", 2, 5, 1, true), 1.5, 1);
    LocalRates rates = new LocalRates(PROTOCOL);
    LyapunovSpectrum spectrum =
        TangentFlow.begin(gru, Probes.random(3, 60, 2, 1), PROTOCOL, rates).finish();
    Tensor running = rates.running();
    assertEquals("[3, 50, 5]", running.shapeText());
    double[] values = running.toDoubles();
    double[] first = rates.rates().toDoubles();
    for (int k = 0; k < 5; k++) {
      double last = 0;
      for (int b = 0; b < 3; b++) {
        last += values[(b * 50 + 49) * 5 + k] / 3;
        assertEquals(first[b * 250 + k], values[b * 250 + k]);
        assertEquals(
            (first[b * 250 + k] + first[b * 250 + 5 + k]) / 2, values[b * 250 + 5 + k], 1e-15);
      }
      assertEquals(spectrum.exponents().get(k), last, 1e-12);
    }
  }

  /** As the exponents are, of which they are the parts. */
  @Test
  void thoseOfARateNetworkArePerUnitTime() {
    Snapshot network = OtherCells.rate(3, "tanh", 1.5, Map.of("dt", 0.2));
    LocalRates rates = new LocalRates(PROTOCOL);
    LyapunovSpectrum spectrum =
        TangentFlow.begin(network, Probes.random(1, 60, 2, 1), PROTOCOL, rates).finish();
    double[] running = rates.running().toDoubles();
    double[] local = rates.rates().toDoubles();
    for (int k = 0; k < 3; k++) {
      double sum = 0;
      for (int t = 0; t < 50; t++) {
        sum += local[3 * t + k];
      }
      assertEquals(spectrum.exponents().get(k), sum / 50, 1e-12);
      assertEquals(spectrum.exponents().get(k), running[3 * 49 + k], 1e-12);
    }
    List<SensitiveStep> ranking = rates.mostSensitive(50);
    assertEquals(
        spectrum.max(),
        ranking.stream().mapToDouble(SensitiveStep::rate).average().orElseThrow(),
        1e-12);
  }

  @Test
  void aUnitWithoutWeightsDecaysByItsTimeConstant() {
    Snapshot leak =
        Networks.snapshot(
            new Architecture("rate", 0, 1, 1, true, "", "tanh", Map.of("dt", 0.2)),
            Tensor.of("weight_hh", Dtype.F64, new int[] {1, 1}, 0));
    Tensor start = Tensor.of("h0", Dtype.F64, new int[] {1, 1}, 1);
    LocalRates rates = new LocalRates(PROTOCOL);
    TangentFlow.begin(leak, Probes.of(start), PROTOCOL, rates).finish();
    for (double rate : rates.rates().toDoubles()) {
      assertEquals(Math.log(0.8) / 0.2, rate, 1e-12);
    }
    assertEquals(Math.log(0.8) / 0.2, rates.running().toDoubles()[0], 1e-12);
  }

  /** A tanh unit that is saturated but at the step whose input takes it back to zero. */
  @Test
  void theStepsThatLeaveSaturationAreTheMostSensitive() {
    Snapshot unit =
        Networks.snapshot(
            Networks.architecture("rnn", 1, 1, 1, false),
            Tensor.of("weight_ih_l0", Dtype.F64, new int[] {1, 1}, 1),
            Tensor.of("weight_hh_l0", Dtype.F64, new int[] {1, 1}, 1.2));
    double[] inputs = new double[2 * 30];
    Arrays.fill(inputs, 3);
    inputs[12] = -1.1;
    inputs[30 + 25] = -1.2;
    LocalRates rates = new LocalRates(PROTOCOL);
    Tensor rows = Tensor.of("inputs", Dtype.F64, new int[] {2, 30, 1}, inputs);
    TangentFlow.begin(unit, Probes.of(rows), PROTOCOL, rates).finish();
    List<SensitiveStep> ranking = rates.mostSensitive(100);
    assertEquals(2 * 20, ranking.size());
    assertEquals(ranking.subList(0, 2), rates.mostSensitive(2));
    assertEquals(List.of(1, 25), List.of(ranking.get(0).sequence(), ranking.get(0).input()));
    assertEquals(List.of(0, 12), List.of(ranking.get(1).sequence(), ranking.get(1).input()));
    assertEquals(Math.log(1.2), ranking.get(0).rate(), 1e-3);
  }
}
