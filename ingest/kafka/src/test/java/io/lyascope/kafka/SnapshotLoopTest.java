package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotLoopTest {
  private static final TopicPartition ZERO = new TopicPartition(Chunks.TOPIC, 0);
  private static final TopicPartition ONE = new TopicPartition(Chunks.TOPIC, 1);

  private final Chunks chunks = new Chunks();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<SnapshotFile> files = new ArrayList<>();
  private final CountingMeter meter = new CountingMeter();
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final SnapshotLoop loop =
      new SnapshotLoop(
          consumer,
          Chunks.TOPIC,
          new IngestLimits(
              10_000, 20_000, 30_000, 1_000, Duration.ofSeconds(60), Duration.ofDays(1)),
          delivery -> files.add((SnapshotFile) delivery),
          new DeadLetters(producer, "dlt", meter),
          meter,
          () -> now);

  /** What was counted. */
  private static final class CountingMeter implements IngestMeter {
    final List<SnapshotResult> results = new ArrayList<>();
    Lag lag = Lag.NONE;

    @Override
    public void snapshot(SnapshotResult result) {
      results.add(result);
    }

    @Override
    public void deadLetter(DeadLetterReason reason) {}

    @Override
    public void snapshotBytes(long bytes) {}

    @Override
    public void lag(Lag now) {
      lag = now;
    }
  }

  @BeforeEach
  void assign() {
    loop.subscribe();
    consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
    consumer.updateEndOffsets(Map.of(ZERO, 0L, ONE, 0L));
    consumer.rebalance(List.of(ZERO));
  }

  private void arrive(List<ConsumerRecord<byte[], byte[]>> records) {
    records.forEach(consumer::addRecord);
    consumer.updateEndOffsets(Map.of(ZERO, records.getLast().offset() + 1));
    loop.turn();
  }

  private List<ConsumerRecord<byte[], byte[]>> snapshot(long step, int length) {
    byte[] file = Chunks.file(length, step);
    return chunks.records(Chunks.id("run", step, file, 2), file);
  }

  private long committed() {
    loop.housekeep();
    OffsetAndMetadata offset = consumer.committed(Set.of(ZERO)).get(ZERO);
    return offset == null ? -1 : offset.offset();
  }

  @Test
  void onlyTheContiguousPrefixIsCommitted() {
    arrive(snapshot(1, 100));
    arrive(snapshot(2, 100));
    arrive(snapshot(3, 100).subList(0, 1));
    files.get(1).done();
    assertEquals(0, committed());
    files.get(0).done();
    assertEquals(4, committed());
    assertEquals(1, meter.lag.records());
  }

  @Test
  void readingPausesAboveTheLimitAndGoesOnBelowHalf() {
    arrive(snapshot(1, 600));
    arrive(snapshot(2, 600));
    assertEquals(Set.of(ZERO), consumer.paused());
    files.get(0).done();
    loop.turn();
    assertEquals(Set.of(ZERO), consumer.paused());
    files.get(1).done();
    loop.turn();
    assertEquals(Set.of(), consumer.paused());
  }

  @Test
  void partitionsThatComeWhileReadingIsPausedPauseAsWell() {
    arrive(snapshot(1, 1_200));
    consumer.rebalance(List.of(ZERO, ONE));
    assertTrue(consumer.paused().contains(ONE));
  }

  @Test
  void aRevokedPartitionIsForgottenAndItsSnapshotsComeAgain() {
    List<ConsumerRecord<byte[], byte[]>> records = snapshot(1, 100);
    arrive(records);
    consumer.rebalance(List.of());
    consumer.rebalance(List.of(ZERO));
    arrive(records);
    assertEquals(2, files.size());
    files.get(0).done();
    assertEquals(0, committed());
    files.get(1).done();
    assertEquals(2, committed());
  }

  @Test
  void anOverdueFileIsGivenUpOnlyWhenEverythingSentHasBeenRead() {
    arrive(snapshot(1, 100).subList(0, 1));
    now = now.plusSeconds(61);
    consumer.updateEndOffsets(Map.of(ZERO, 2L));
    assertEquals(0, committed());
    assertEquals(List.of(), meter.results);
    arrive(snapshot(2, 100).subList(0, 1));
    loop.housekeep();
    assertEquals(List.of(SnapshotResult.INCOMPLETE), meter.results);
  }

  @Test
  void aClusterThatIsAwayGivesHalfFilesMoreTime() {
    List<ConsumerRecord<byte[], byte[]>> records = snapshot(1, 100);
    arrive(records.subList(0, 1));
    now = now.plusSeconds(61);
    consumer.setOffsetsException(new TimeoutException("away"));
    loop.housekeep();
    now = now.plusSeconds(59);
    loop.housekeep();
    arrive(records.subList(1, 2));
    assertEquals(1, files.size());
    assertEquals(List.of(), meter.results);
  }

  @Test
  void aDeadLetterIsFinishedWhenItIsStoredAndSentAgainUntilThen() {
    arrive(snapshot(1, 100));
    files.getFirst().reject(DeadLetterReason.MALFORMED, "no snapshot");
    loop.turn();
    assertEquals(0, committed());
    assertTrue(producer.errorNext(new TimeoutException("away")));
    loop.turn();
    while (producer.completeNext()) {
      loop.turn();
    }
    assertEquals(2, committed());
    assertEquals(3, producer.history().size());
  }

  @Test
  void theLagIsThatOfTheOldestUnfinishedRecord() {
    arrive(snapshot(1, 100));
    now = Instant.ofEpochMilli(1_000).plusSeconds(7);
    loop.housekeep();
    assertEquals(new Lag(2, Duration.ofSeconds(7)), meter.lag);
  }
}
