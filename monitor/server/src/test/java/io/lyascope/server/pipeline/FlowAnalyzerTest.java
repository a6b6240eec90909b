package io.lyascope.server.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.Stop;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.server.pipeline.Measurement.Progress;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FlowAnalyzerTest {

  private static final Probe PROBE = Probe.read(TinyNetwork.probe(), Limits.DEFAULT);
  private static final Protocol PROTOCOL = Protocol.DEFAULT.with(PROBE.protocol());

  private final FlowAnalyzer analyzer = new FlowAnalyzer(Protocol.DEFAULT);

  @Test
  void sameWeightsAtAnotherStepAreNotMeasuredTwice() {
    Snapshot first = snapshot(10);
    Measured measured = finish(analyzer.begin(first, PROBE));
    assertEquals(OptionalLong.empty(), measured.sameAsStep());
    Measured again = finish(analyzer.begin(at(20, first), PROBE));
    assertEquals(OptionalLong.of(10), again.sameAsStep());
    assertEquals(measured.spectrum(), again.spectrum());
  }

  @Test
  void otherWeightsAreMeasured() {
    Measured measured = finish(analyzer.begin(snapshot(10), PROBE));
    Measured other = finish(analyzer.begin(snapshot(20), PROBE));
    assertEquals(OptionalLong.empty(), other.sameAsStep());
    assertNotEquals(measured.spectrum().exponents(), other.spectrum().exponents());
  }

  @Test
  void whatWasMeasuredOfAnotherRunIsNotPassedOff() {
    Snapshot first = snapshot(10);
    finish(analyzer.begin(first, PROBE));
    Snapshot stranger = Snapshot.read(TinyNetwork.snapshot("b", 10, 1), Limits.DEFAULT);
    assertEquals(OptionalLong.empty(), finish(analyzer.begin(stranger, PROBE)).sameAsStep());
  }

  @Test
  void aReferenceOwesNothingToTheWarmEstimateBeforeIt() {
    TangentFlow past = flow(snapshot(10));
    past.finish();
    Snapshot now = snapshot(20);
    List<TangentFlow> ended = new ArrayList<>();
    var measurement =
        new RecurrentMeasurement(flow(now), Duration.ofNanos(1), new Past(now, past, ended));
    List<Progress> stages = new ArrayList<>();
    Optional<LyapunovSpectrum> estimate = Optional.empty();
    Progress progress;
    do {
      progress = measurement.advance();
      stages.add(progress);
      if (progress == Progress.ESTIMATED) {
        estimate = Optional.of(measured(measurement, Stop.UNFINISHED).spectrum());
      }
    } while (progress != Progress.COMPLETE);
    assertTrue(estimate.isPresent());
    assertFalse(estimate.get().complete());
    assertTrue(stages.indexOf(Progress.ESTIMATED) < stages.indexOf(Progress.COUNTING));
    assertEquals(1, stages.stream().filter(Progress.ESTIMATED::equals).count());
    assertTrue(ended.isEmpty());
    assertEquals(flow(now).finish(), measured(measurement, Stop.DEADLINE).spectrum());
    assertEquals(1, ended.size());
  }

  private static Measured finish(Measurement measurement) {
    Progress progress;
    do {
      progress = measurement.advance();
    } while (progress != Progress.COMPLETE);
    return measured(measurement, Stop.DEADLINE);
  }

  private static Measured measured(Measurement measurement, Stop reason) {
    return (Measured) measurement.outcome(0.1, reason);
  }

  private static TangentFlow flow(Snapshot snapshot) {
    return TangentFlow.begin(snapshot, PROBE, PROTOCOL);
  }

  private static Snapshot snapshot(long step) {
    return Snapshot.read(TinyNetwork.snapshot("a", step, 1), Limits.DEFAULT);
  }

  private static Snapshot at(long step, Snapshot of) {
    return new Snapshot(
        of.run(),
        of.attempt(),
        step,
        OptionalDouble.of(0.5),
        of.architecture(),
        Map.of("train_loss", 0.25),
        of.file());
  }

  private record Past(Snapshot snapshot, TangentFlow past, List<TangentFlow> ended)
      implements RecurrentMeasurement.Surroundings {

    @Override
    public Optional<TangentFlow> warm() {
      return Optional.of(TangentFlow.warm(snapshot, PROBE, PROTOCOL, past.warmStart()));
    }

    @Override
    public void ended(TangentFlow reference) {
      ended.add(reference);
    }
  }
}
