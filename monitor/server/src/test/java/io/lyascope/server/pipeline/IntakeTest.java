package io.lyascope.server.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.lyascope.kafka.DeadLetterReason;
import io.lyascope.kafka.ProbeFile;
import io.lyascope.kafka.Receipt;
import io.lyascope.kafka.SnapshotFile;
import io.lyascope.kafka.SnapshotResult;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.prediction.Forecaster;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Digests;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.RefusedException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(30);

  private final ManualClock clock = new ManualClock();
  private final CountingMeter meter = new CountingMeter();
  private final List<Fact> facts = new ArrayList<>();
  private final FakeStore store = new FakeStore();
  private final List<String> receipts = new ArrayList<>();
  private final Mailroom mailroom = new Mailroom(Arrivals.NEWEST_ONLY, 1, 1000);
  private final Intake intake =
      new Intake(
          Limits.DEFAULT,
          mailroom,
          new Registrar(
              facts::add,
              mailroom,
              store,
              new Predictions(Forecaster.NONE, meter, clock),
              meter,
              clock),
          facts::add,
          meter,
          clock);

  @Test
  void snapshotThatCameInIsAnnouncedAndNotFinished() {
    intake.accept(snapshot(10));
    assertInstanceOf(Fact.SnapshotArrived.class, facts.getFirst());
    assertEquals(List.of(), receipts);
    assertEquals(1, mailroom.length());
  }

  @Test
  void supersededSnapshotIsCountedAndFinished() {
    intake.accept(snapshot(10));
    intake.accept(snapshot(20));
    assertEquals(List.of(SnapshotResult.SUPERSEDED), meter.results);
    assertEquals(List.of("10 done"), receipts);
  }

  @Test
  void staleSnapshotIsCountedAndFinished() {
    intake.accept(snapshot(20));
    intake.accept(snapshot(10));
    assertEquals(List.of(SnapshotResult.STALE), meter.results);
    assertEquals(List.of("10 done"), receipts);
  }

  @Test
  void secondDeliveryOfAnUnreadSnapshotIsFinishedWithTheFirst() {
    intake.accept(snapshot(20));
    intake.accept(snapshot(20));
    assertEquals(List.of(SnapshotResult.DUPLICATE), meter.results);
    assertEquals(List.of(), receipts);

    intake.accept(snapshot(30));
    assertEquals(List.of("20 done", "20 done"), receipts);
  }

  @Test
  void secondDeliveryOfARefusedSnapshotIsFinishedWhenTheRefusalIsStored() {
    byte[] later = TinyNetwork.ofFormat("snapshot/2", "a", 10);
    intake.accept(file(10, later));
    intake.accept(file(10, later));
    assertEquals(1, store.readings.size());
    assertEquals(List.of(), receipts);

    store.acknowledged.complete(null);
    assertEquals(List.of("10 done", "10 done"), receipts);
    intake.accept(file(10, later));
    assertEquals(List.of("10 done", "10 done", "10 done"), receipts);
    assertEquals(1, store.readings.size());
  }

  @Test
  void whatIsNoSnapshotIsADeadLetterAndLeavesTheRunAlone() {
    intake.accept(snapshot(10));
    intake.accept(file(20, "no safetensors at all".getBytes(StandardCharsets.UTF_8)));
    assertEquals(List.of("20 MALFORMED"), receipts);
    assertEquals(1, mailroom.length());
  }

  @Test
  void fileThatIsNotWhatItsRecordsSayIsADeadLetter() {
    intake.accept(file(20, TinyNetwork.snapshot("a", 10, 0.5)));
    assertEquals(List.of("20 HEADER"), receipts);
  }

  @Test
  void laterVersionOfTheFormatIsRefusedInAReading() {
    intake.accept(file(10, TinyNetwork.ofFormat("snapshot/2", "a", 10)));
    Refused refused = (Refused) store.readings.getFirst().outcome();
    assertEquals(Kind.UNSUPPORTED, refused.kind());
    assertEquals(List.of(SnapshotResult.UNSUPPORTED), meter.results);

    assertEquals(List.of(), receipts);
    store.acknowledged.complete(null);
    assertEquals(List.of("10 done"), receipts);
  }

  @Test
  void snapshotWhoseProbeDoesNotComeIsRefusedInAReading() {
    intake.accept(snapshot(10));
    clock.advance(PROBE_TIMEOUT);
    intake.expire(PROBE_TIMEOUT);
    assertEquals(List.of(), store.readings);

    clock.advance(Duration.ofMillis(1));
    intake.expire(PROBE_TIMEOUT);
    Refused refused = (Refused) store.readings.getFirst().outcome();
    assertEquals(Kind.PROBE, refused.kind());
    assertEquals(List.of(SnapshotResult.INVALID), meter.results);
  }

  @Test
  void brokenProbeIsToldToTheSnapshotsOfItsRun() {
    byte[] bytes = "no probe".getBytes(StandardCharsets.UTF_8);
    intake.accept(new ProbeFile("a", "digest", bytes, Arrivals.NOON, receipt("probe")));
    intake.accept(snapshot(10));
    assertInstanceOf(KnownProbe.Broken.class, mailroom.take().orElseThrow().probe);
  }

  private SnapshotFile snapshot(long step) {
    return file(step, TinyNetwork.snapshot("a", step, 0.5));
  }

  private SnapshotFile file(long step, byte[] bytes) {
    return new SnapshotFile(
        "a", 0, step, Digests.sha256(bytes), bytes, Arrivals.NOON, receipt(Long.toString(step)));
  }

  private Receipt receipt(String name) {
    return new Receipt() {
      @Override
      public void done() {
        receipts.add(name + " done");
      }

      @Override
      public void reject(DeadLetterReason reason, String message) {
        receipts.add(name + " " + reason);
      }
    };
  }
}
