package io.lyascope.server.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.dynamics.Stop;
import io.lyascope.server.pipeline.Measurement.Progress;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Feed-forward networks whose weights rest. */
class FlowAnalyzerLayersTest {

  private static final Probe PROBE = Probe.read(TinyLayers.probe(), Limits.DEFAULT);

  private final FlowAnalyzer analyzer = new FlowAnalyzer(Protocol.DEFAULT);

  @Test
  void sameWeightsAtAnotherStepAreNotMeasuredTwice() {
    assertEquals(OptionalLong.empty(), measure("a", 10, 10, PROBE).sameAsStep());
    Layered again = measure("a", 20, 10, PROBE);
    assertEquals(OptionalLong.of(10), again.sameAsStep());
    assertEquals(TinyLayers.exponents("a", 10, 1), again.exponents());
    assertEquals(
        OptionalLong.of(10), measure("a", 30, 10, PROBE).sameAsStep(), "where it was measured");
  }

  @Test
  void otherWeightsAreMeasured() {
    measure("a", 10, 10, PROBE);
    Layered other = measure("a", 20, 20, PROBE);
    assertEquals(OptionalLong.empty(), other.sameAsStep());
    assertEquals(TinyLayers.exponents("a", 20, 1), other.exponents());
  }

  @Test
  void sameWeightsAreMeasuredAgainWithFewerInputs() {
    measure("a", 10, 10, PROBE);
    Layered fewer = measure("a", 20, 10, asking("{\"sequences\":7}"));
    assertEquals(OptionalLong.empty(), fewer.sameAsStep());
    assertEquals(7, fewer.exponents().perInput().size());
  }

  @Test
  void whatWasMeasuredOfAnotherRunIsNotPassedOff() {
    measure("a", 10, 10, PROBE);
    assertEquals(OptionalLong.empty(), measure("b", 20, 10, PROBE).sameAsStep());
  }

  private Layered measure(String run, long step, long weightsOf, Probe probe) {
    byte[] file = TinyLayers.snapshot(run, step, 1, weightsOf);
    Measurement measurement = analyzer.begin(Snapshot.read(file, Limits.DEFAULT), probe);
    Progress progress;
    do {
      progress = measurement.advance();
    } while (progress != Progress.COMPLETE);
    return (Layered) measurement.outcome(0.1, Stop.DEADLINE);
  }

  /** The same inputs under a protocol of their own. */
  private static Probe asking(String protocol) {
    Map<String, String> metadata = new HashMap<>(PROBE.file().metadata());
    metadata.put("lyascope.protocol", protocol);
    List<Tensor> tensors = List.copyOf(PROBE.file().tensors().values());
    return Probe.read(TensorFile.of(metadata, tensors).write(), Limits.DEFAULT);
  }
}
