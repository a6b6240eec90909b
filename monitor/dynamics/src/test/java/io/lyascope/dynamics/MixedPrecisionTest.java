package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedPrecisionTest {

  /** Single precision has 6e-8; a measurement multiplies, but also averages. */
  @ParameterizedTest
  @CsvSource({"rnn,1,full", "lstm,1,hidden", "gru,2,full"})
  void staysNearDoubleAndSaysWhatItIs(String cell, int layers, String state) {
    Snapshot network = Networks.random(Networks.architecture(cell, 3, 24, layers, true), 0.8, 1);
    Probe probe = Probes.random(3, 60, 3, 2);
    LyapunovSpectrum exact = measure(network, probe, state, "double");
    LyapunovSpectrum mixed = measure(network, probe, state, "mixed");
    assertEquals(Protocol.Precision.MIXED, mixed.protocol().precision());
    assertArrayEquals(array(exact.exponents()), array(mixed.exponents()), 2e-5);
    assertFalse(
        exact.exponents().equals(mixed.exponents()), "mixed must not be double in disguise");
  }

  private static LyapunovSpectrum measure(
      Snapshot network, Probe probe, String state, String precision) {
    String json = "{'burn_in':10,'state':'%s','precision':'%s'}".formatted(state, precision);
    return TangentFlow.begin(network, probe, Probes.protocol(json)).finish();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
