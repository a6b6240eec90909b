package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmUpTest {

  private final Arithmetic before = Kernels.arithmetic();

  @AfterEach
  void putBack() {
    Kernels.use(before);
  }

  /** Whoever does the work, and wherever they change over, not a bit is different. */
  @ParameterizedTest
  @CsvSource({"rnn,9,1", "lstm,17,1", "lstm,5,2", "gru,33,1"})
  void mayEndInTheMiddleOfAMeasurement(String cell, int hidden, int layers) {
    Snapshot network = Networks.random(Networks.architecture(cell, 3, hidden, layers, true), 1, 1);
    Probe probe = Probes.random(2, 40, 3, 2);
    Protocol protocol = Probes.protocol("{'burn_in':5}");
    Kernels.use(new ScalarArithmetic());
    LyapunovSpectrum expected = TangentFlow.begin(network, probe, protocol).finish();
    TangentFlow flow = TangentFlow.begin(network, probe, protocol);
    flow.advance(33);
    Kernels.use(new VectorArithmetic());
    assertEquals(expected, flow.finish());
  }
}
