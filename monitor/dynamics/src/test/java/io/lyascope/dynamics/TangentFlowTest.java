package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TangentFlowTest {

  private static final Snapshot GRU =
      Networks.random(Networks.architecture("gru", 2, 7, 1, true), 1.5, 1);

  @Test
  void slicesOfAnyLengthGiveTheSameSpectrum() {
    Probe probe = Probes.random(3, 60, 2, 1);
    Protocol protocol = Probes.protocol("{'warmup':3,'burn_in':7}");
    LyapunovSpectrum atOnce = TangentFlow.begin(GRU, probe, protocol).finish();
    TangentFlow sliced = TangentFlow.begin(GRU, probe, protocol);
    while (!sliced.advance(4)) {
      assertFalse(sliced.isComplete());
    }
    assertEquals(atOnce, sliced.spectrum());
    TangentFlow timed = TangentFlow.begin(GRU, probe, protocol);
    while (!timed.advance(Duration.ofNanos(1))) {
      assertFalse(timed.isComplete());
    }
    assertEquals(atOnce, timed.spectrum());
  }

  @Test
  void theSpectrumSoFarIsThatOfAShorterMeasurement() {
    Probe probe = Probes.random(1, 60, 2, 1);
    TangentFlow flow =
        TangentFlow.begin(GRU, probe, Probes.protocol("{'burn_in':10,'orthonormalize_every':1}"));
    flow.advance(10);
    assertEquals(0, flow.countedSteps());
    assertThrows(IllegalStateException.class, flow::spectrum);
    flow.advance(25);
    assertEquals(25, flow.countedSteps());
    LyapunovSpectrum shorter =
        TangentFlow.begin(
                GRU, probe, Probes.protocol("{'burn_in':10,'orthonormalize_every':1,'steps':25}"))
            .finish();
    assertArrayEquals(
        CellContract.array(shorter.exponents()),
        CellContract.array(flow.spectrum().exponents()),
        1e-14);
    assertFalse(flow.spectrum().complete());
    assertTrue(shorter.complete());
  }

  @Test
  void itIsConvergedWhenItsWidestIntervalIsBelowTheTolerance() {
    Probe probe = Probes.random(4, 60, 2, 1);
    assertTrue(measure(GRU, probe, "{'tolerance':1000}").converged());
    assertFalse(measure(GRU, probe, "{'tolerance':1e-9}").converged());
    Probe one = Probes.random(1, 60, 2, 1);
    assertTrue(measure(GRU, one, "{'tolerance':1000}").converged());
    assertTrue(measure(GRU, one, "{}").standardError().isEmpty());
  }

  @Test
  void wrappersAndPrefixAreStripped() {
    Architecture plain = GRU.architecture();
    Architecture inside = new Architecture("gru", 2, 7, 1, true, "model.core.", "tanh", Map.of());
    for (String wrapper : List.of("", "module.", "_orig_mod.module._fsdp_wrapped_module.")) {
      List<Tensor> renamed =
          GRU.file().tensors().values().stream()
              .map(tensor -> tensor.renamed(wrapper + "model.core." + tensor.name()))
              .toList();
      Probe probe = Probes.random(1, 40, 2, 1);
      assertEquals(
          measure(GRU, probe, "{}"), measure(Networks.snapshot(inside, renamed), probe, "{}"));
    }
    assertEquals("", plain.prefix());
  }

  @Test
  void aGivenBasisIsOrthonormalisedAndUsed() {
    Tensor inputs = Probes.inputs(2, 40, 2, 1);
    Tensor q0 = Networks.gaussian("q0", new Random(5), 3, 7, 4);
    double[] each = Arrays.copyOf(q0.toDoubles(), 56);
    System.arraycopy(each, 0, each, 28, 28);
    Tensor twice = Tensor.of("q0", Dtype.F64, new int[] {2, 7, 4}, each);
    LyapunovSpectrum one = measure(GRU, Probes.of(inputs, q0), "{}");
    assertEquals(4, one.exponents().size());
    assertEquals(one, measure(GRU, Probes.of(inputs, twice), "{}"));
    LyapunovSpectrum first = measure(GRU, Probes.of(inputs, q0), "{'exponents':2}");
    assertEquals(2, first.exponents().size());
  }

  @Test
  void localRatesHaveTheExponentsAsTheirMeans() {
    Probe probe = Probes.random(2, 60, 2, 1);
    Protocol protocol = Probes.protocol("{'burn_in':10,'steps':40}");
    double[] means = CellContract.meanRates(GRU, probe, protocol);
    LyapunovSpectrum spectrum = TangentFlow.begin(GRU, probe, protocol).finish();
    double[] sorted = Arrays.stream(means).map(x -> -x).sorted().map(x -> -x).toArray();
    assertArrayEquals(sorted, CellContract.array(spectrum.exponents()), 1e-7);
  }

  /** The order of units is nobody's business. */
  @Test
  void exponentsDoNotDependOnTheOrderOfUnits() {
    Snapshot network = Networks.random(Networks.architecture("rnn", 1, 2, 1, false), 1, 3);
    double[] w = network.file().tensors().get("weight_hh_l0").toDoubles();
    double[] v = network.file().tensors().get("weight_ih_l0").toDoubles();
    Snapshot swapped =
        Networks.snapshot(
            network.architecture(),
            Tensor.of("weight_ih_l0", Dtype.F64, new int[] {2, 1}, v[1], v[0]),
            Tensor.of("weight_hh_l0", Dtype.F64, new int[] {2, 2}, w[3], w[2], w[1], w[0]));
    Tensor inputs = Probes.inputs(1, 60, 1, 1);
    Tensor q0 = Tensor.of("q0", Dtype.F64, new int[] {2, 2}, 1, 0, 0, 1);
    Tensor swappedQ0 = Tensor.of("q0", Dtype.F64, new int[] {2, 2}, 0, 1, 1, 0);
    assertArrayEquals(
        CellContract.array(measure(network, Probes.of(inputs, q0), "{}").exponents()),
        CellContract.array(measure(swapped, Probes.of(inputs, swappedQ0), "{}").exponents()),
        1e-12);
  }

  private static LyapunovSpectrum measure(Snapshot network, Probe probe, String protocol) {
    return TangentFlow.begin(network, probe, Probes.protocol(protocol)).finish();
  }
}
