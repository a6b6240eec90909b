package io.lyascope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.broker.BrokerProcess;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.kafka.DeadLetterReason;
import io.lyascope.kafka.SnapshotResult;
import io.lyascope.server.pipeline.TinyLayers;
import io.lyascope.server.pipeline.TinyNetwork;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamIT {

  private static final double GAIN = 0.8;

  private final Map<String, String> keys = BrokerFixture.keys();

  @Test
  void readingsOnTheResultsTopicAreThoseOfTheOfflineAnalysis() {
    try (var stream = StreamFixture.start(keys).ready()) {
      probe(stream);
      for (long step : List.of(0L, 100L, 200L)) {
        snapshot(stream, step);
        stream.awaitReading("a", step);
      }
      StreamFixture.until("results", () -> stream.storedSteps().size() == 3);
      for (Reading stored : stream.stored()) {
        LyapunovSpectrum spectrum = stored.spectrum().orElseThrow();
        assertEquals(offline(stored.step()), spectrum);
        assertTrue(spectrum.complete());
      }
      assertEquals(3, stream.counted.count(SnapshotResult.OK));
      StreamFixture.until("commit", () -> stream.counted.lag.records() == 0);
    }
  }

  @Test
  void feedForwardNetworkHasAReadingThatOutlivesTheMonitor() {
    try (var first = StreamFixture.start(keys).ready()) {
      first.publisher.probe("deep", TinyLayers.probe()).join();
      first.publisher.snapshot("deep", 0, 5, TinyLayers.snapshot("deep", 5, GAIN)).join();
      Reading made = first.awaitReading("deep", 5);
      assertEquals(TinyLayers.exponents("deep", 5, GAIN), made.finiteTime().orElseThrow());
      StreamFixture.until("result", () -> first.storedSteps().equals(List.of(5L)));
      assertEquals(List.of(made), first.stored());
      assertEquals(1, first.counted.count(SnapshotResult.OK));
    }
    try (var second = StreamFixture.start(keys)) {
      assertTrue(second.awaitReading("deep", 5).finiteTime().isPresent());
    }
  }

  @Test
  void feedForwardWeightsThatRestHaveTheReadingOfTheStepBefore() {
    try (var stream = StreamFixture.start(keys).ready()) {
      stream.publisher.probe("deep", TinyLayers.probe()).join();
      for (long step : List.of(5L, 6L)) {
        byte[] resting = TinyLayers.snapshot("deep", step, GAIN, 5);
        stream.publisher.snapshot("deep", 0, step, resting).join();
        stream.awaitReading("deep", step);
      }
      StreamFixture.until("results", () -> stream.storedSteps().equals(List.of(5L, 6L)));
      Layered made = assertInstanceOf(Layered.class, stream.stored().getFirst().outcome());
      Layered taken = assertInstanceOf(Layered.class, stream.stored().getLast().outcome());
      assertEquals(OptionalLong.empty(), made.sameAsStep());
      assertEquals(OptionalLong.of(5), taken.sameAsStep());
      assertEquals(TinyLayers.exponents("deep", 5, GAIN), taken.exponents());
      assertEquals(2, stream.counted.count(SnapshotResult.OK));
    }
  }

  @Test
  void snapshotThatCameBeforeItsProbeIsMeasuredWhenTheProbeComes() {
    try (var stream = StreamFixture.start(keys).ready()) {
      snapshot(stream, 0);
      stream.awaitArrival(0);
      probe(stream);
      assertTrue(stream.awaitReading("a", 0).spectrum().isPresent());
    }
  }

  @Test
  void snapshotWhoseProbeNeverComesIsRefused() {
    Map<String, String> impatient = with(keys, "ingest.probe.timeout", "200ms");
    try (var stream = StreamFixture.start(impatient).ready()) {
      snapshot(stream, 0);
      Refused refused = assertInstanceOf(Refused.class, stream.awaitReading("a", 0).outcome());
      assertEquals(Kind.PROBE, refused.kind());
    }
  }

  @Test
  void weightsThatAreNotFiniteAreReportedAndTheRunGoesOn() {
    try (var stream = StreamFixture.start(keys).ready()) {
      probe(stream);
      stream.publisher.snapshot("a", 0, 0, TinyNetwork.notFinite("a", 0)).join();
      Refused refused = assertInstanceOf(Refused.class, stream.awaitReading("a", 0).outcome());
      assertEquals(Kind.NONFINITE_WEIGHTS, refused.kind());

      snapshot(stream, 100);
      assertTrue(stream.awaitReading("a", 100).spectrum().isPresent());
      assertEquals(1, stream.counted.count(SnapshotResult.INVALID));
    }
  }

  @Test
  void whatIsNoSnapshotIsADeadLetterAndNothingBesideItIsLost() {
    try (var stream = StreamFixture.start(keys).ready()) {
      probe(stream);
      byte[] bytes = "not a snapshot".getBytes(StandardCharsets.UTF_8);
      stream.publisher.snapshot("a", 0, 0, bytes).join();
      snapshot(stream, 100);
      assertTrue(stream.awaitReading("a", 100).spectrum().isPresent());
      StreamFixture.until(
          "dead letter",
          () -> stream.counted.deadLetters.equals(List.of(DeadLetterReason.MALFORMED)));
      StreamFixture.until("result", () -> stream.storedSteps().equals(List.of(100L)));
    }
  }

  @Test
  void newerSnapshotsReplaceTheUnreadOneAndAreCounted() {
    try (var stream = StreamFixture.start(keys).ready()) {
      List.of(0L, 100L, 200L).forEach(step -> snapshot(stream, step));
      stream.awaitArrival(200);
      probe(stream);
      stream.awaitReading("a", 200);
      assertEquals(2, stream.counted.count(SnapshotResult.SUPERSEDED));
      StreamFixture.until("result", () -> stream.storedSteps().equals(List.of(200L)));
    }
  }

  @Test
  void hostileRunNamesGetTheirReadings() {
    String hostile = "<script>\n\"" + "x".repeat(5000);
    try (var stream = StreamFixture.start(keys).ready()) {
      stream.publisher.probe(hostile, TinyNetwork.probe()).join();
      stream.publisher.snapshot(hostile, 0, 7, TinyNetwork.snapshot(hostile, 7, GAIN)).join();
      assertTrue(stream.awaitReading(hostile, 7).spectrum().isPresent());
    }
  }

  @Test
  void restartedMonitorMeasuresWhatIsMissingAndNothingTwice() {
    try (var first = StreamFixture.start(keys).ready()) {
      probe(first);
      snapshot(first, 0);
      first.awaitReading("a", 0);
      StreamFixture.until("result", () -> first.storedSteps().size() == 1);
    }
    try (var second = StreamFixture.start(keys)) {
      snapshot(second, 0); // as if it had not been committed
      snapshot(second, 100);
      second.awaitReading("a", 0);
      second.awaitReading("a", 100);
      StreamFixture.until("results", () -> second.storedSteps().equals(List.of(0L, 100L)));
      assertEquals(1, second.counted.count(SnapshotResult.DUPLICATE));
    }
  }

  @Test
  void brokerThatComesLateOrDiesCostsNoStepItsReading(@TempDir Path directory) {
    List<Long> steps = LongStream.range(0, 10).boxed().toList();
    try (var broker = BrokerProcess.start(directory)) {
      broker.stop();
      try (var stream = StreamFixture.start(BrokerFixture.keys(broker.bootstrapServers()))) {
        broker.restart();
        stream.ready();
        probe(stream);
        for (long step : steps) {
          var _ = stream.publisher.snapshot("a", 0, step, TinyNetwork.snapshot("a", step, GAIN));
          if (step == 4) {
            broker.kill();
            broker.restart();
          }
          stream.awaitReading("a", step);
        }
        StreamFixture.until("results", () -> stream.storedSteps().size() >= steps.size());
        assertEquals(steps, stream.storedSteps());
      }
    }
  }

  private static void probe(StreamFixture stream) {
    stream.publisher.probe("a", TinyNetwork.probe()).join();
  }

  private static void snapshot(StreamFixture stream, long step) {
    stream.publisher.snapshot("a", 0, step, TinyNetwork.snapshot("a", step, GAIN)).join();
  }

  private static LyapunovSpectrum offline(long step) {
    Snapshot snapshot = Snapshot.read(TinyNetwork.snapshot("a", step, GAIN), Limits.DEFAULT);
    Probe probe = Probe.read(TinyNetwork.probe(), Limits.DEFAULT);
    return TangentFlow.begin(snapshot, probe, Protocol.DEFAULT.with(probe.protocol())).finish();
  }

  private static Map<String, String> with(Map<String, String> keys, String key, String value) {
    var changed = new HashMap<>(keys);
    changed.put(key, value);
    return changed;
  }
}
