package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.lyascope.snapshot.ControlDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class StateFeedTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<DeadLetterReason> counted = new ArrayList<>();
  private final DeadLetters letters = new DeadLetters(producer, "dlt", new Reasons());
  private final List<Delivery> deliveries = new ArrayList<>();
  private final StateFeed feed =
      new StateFeed(
          Topics.DEFAULT, IngestLimits.DEFAULT, deliveries::add, letters, () -> Instant.EPOCH);
  private long offset;

  private final class Reasons implements IngestMeter {
    @Override
    public void snapshot(SnapshotResult result) {}

    @Override
    public void deadLetter(DeadLetterReason reason) {
      counted.add(reason);
    }

    @Override
    public void snapshotBytes(long bytes) {}

    @Override
    public void lag(Lag lag) {}
  }

  private void arrive(String topic, String key, byte[] value, Headers headers) {
    feed.record(
        new ConsumerRecord<>(
            topic,
            0,
            offset++,
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            key.getBytes(StandardCharsets.UTF_8),
            value,
            headers,
            Optional.empty()));
  }

  private void probeChunks(byte[] file, int count, int from, int to) {
    FileId id = Chunks.id("run", 0, file, count);
    int size = file.length / count;
    for (int i = from; i < to; i++) {
      byte[] part = Arrays.copyOfRange(file, i * size, (i + 1) * size);
      Headers headers = ChunkHeaders.of(FileKind.PROBE, id, i, "2026-11-22T12:00:00Z");
      arrive(Topics.DEFAULT.probes(), "run/" + i, part, headers);
    }
  }

  private String lastProbe() {
    return assertInstanceOf(ProbeFile.class, deliveries.getLast()).digest();
  }

  @Test
  void whatCompactionLeavesOfALongerProbeDoesNoHarm() {
    byte[] longer = Chunks.file(500, 1);
    byte[] shorter = Chunks.file(300, 2);
    probeChunks(longer, 5, 3, 5);
    probeChunks(shorter, 3, 0, 3);
    assertEquals(1, deliveries.size());
    assertEquals(Chunks.id("run", 0, shorter, 3).digest(), lastProbe());
    assertEquals(List.of(), counted);
  }

  @Test
  void aFormerProbeMayComeBack() {
    byte[] first = Chunks.file(300, 1);
    byte[] second = Chunks.file(300, 2);
    probeChunks(first, 3, 0, 3);
    probeChunks(second, 3, 0, 3);
    probeChunks(first, 3, 0, 3);
    assertEquals(3, deliveries.size());
    assertEquals(Chunks.id("run", 0, first, 3).digest(), lastProbe());
  }

  @Test
  void brokenRecordsOfFormerTimesAreCountedAndLiveOnesKept() {
    byte[] garbage = {1};
    arrive(Topics.DEFAULT.runs(), "run", garbage, new RecordHeaders());
    feed.caughtUp();
    arrive(Topics.DEFAULT.scalars(), "run", garbage, new RecordHeaders());
    letters.send();
    assertEquals(List.of(DeadLetterReason.DOCUMENT, DeadLetterReason.DOCUMENT), counted);
    assertEquals(1, producer.history().size());
  }

  @Test
  void aRejectedProbeIsADeadLetter() {
    feed.caughtUp();
    probeChunks(Chunks.file(300, 1), 3, 0, 3);
    ((ProbeFile) deliveries.getFirst()).reject(DeadLetterReason.MALFORMED, "no probe");
    letters.send();
    assertEquals(3, producer.history().size());
    assertEquals(List.of(DeadLetterReason.MALFORMED), counted);
  }

  @Test
  void aTombstoneRemovesARunAndIsNothingToAProbe() {
    arrive(Topics.DEFAULT.runs(), "run", null, new RecordHeaders());
    arrive(Topics.DEFAULT.probes(), "run/0", null, new RecordHeaders());
    assertEquals(List.of(new Delivery.RunRemoved("run")), deliveries);
    assertEquals(List.of(), counted);
  }

  @Test
  void commandsAndTheirAnswersAreDeliveredAndBrokenOnesAreDeadLetters() throws Exception {
    feed.caughtUp();
    String stop = "{\"type\":\"stop\",\"id\":\"c\",\"run\":\"run\"}";
    String ack = "{\"type\":\"ack\",\"id\":\"c\",\"run\":\"run\",\"state\":\"saved\"}";
    arriveAtControl("run", stop);
    arriveAtControl("run", ack);
    arriveAtControl("another", stop);
    arriveAtControl("run", "{\"type\":\"stop\"}");
    arrive(Topics.DEFAULT.control(), "run", null, new RecordHeaders());
    List<Delivery> wanted =
        List.of(
            new Delivery.ControlUpdate(ControlDocument.parse(stop)),
            new Delivery.ControlUpdate(ControlDocument.parse(ack)));
    assertEquals(wanted, deliveries);
    letters.send();
    assertEquals(
        List.of(DeadLetterReason.KEY, DeadLetterReason.DOCUMENT, DeadLetterReason.VALUE), counted);
  }

  private void arriveAtControl(String key, String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    arrive(Topics.DEFAULT.control(), key, utf8, new RecordHeaders());
  }
}
