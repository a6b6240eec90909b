package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterIT {
  private final Cluster cluster = BrokerFixture.freshCluster();
  private final Topics topics = cluster.topics();
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(cluster.producerSettings());
  private final List<ConsumerRecord<byte[], byte[]>> letters = new CopyOnWriteArrayList<>();
  private final TopicReader reader =
      TopicReader.start(
          cluster, "dlt", List.of(TopicReader.Source.whole(topics.deadLetters())), letters::add);

  @AfterEach
  void close() {
    reader.close();
    producer.close();
  }

  private RecordMetadata send(String topic, byte[] key, byte[] value, Headers headers)
      throws Exception {
    return producer.send(new ProducerRecord<>(topic, null, key, value, headers)).get();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void aRecordThatIsNoChunkIsKeptAsItCameAndTheNextSnapshotArrives() throws Exception {
    try (var publisher = new Publisher(cluster);
        var monitor = FakeMonitor.start(cluster)) {
      Headers headers = new RecordHeaders().add("mine", utf8("kept"));
      RecordMetadata at = send(topics.snapshots(), utf8("run"), utf8("hello"), headers);
      publisher.snapshot("run", 0, 1, Chunks.file(1000, 1)).join();
      monitor.await(SnapshotFile.class, 1).getFirst().done();
      monitor.awaitNoLag();
      monitor.await("a dead letter", () -> letters.size() == 1);
      ConsumerRecord<byte[], byte[]> letter = letters.getFirst();
      assertArrayEquals(utf8("run"), letter.key());
      assertArrayEquals(utf8("hello"), letter.value());
      assertEquals("kept", header(letter, "mine"));
      assertEquals("header", header(letter, "lyascope-dlt-reason"));
      assertEquals(topics.snapshots(), header(letter, "lyascope-dlt-topic"));
      assertEquals(Integer.toString(at.partition()), header(letter, "lyascope-dlt-partition"));
      assertEquals(Long.toString(at.offset()), header(letter, "lyascope-dlt-offset"));
      assertEquals(List.of(DeadLetterReason.HEADER), monitor.deadLetters);
      assertEquals(List.of(SnapshotResult.INVALID), monitor.results);
    }
  }

  @Test
  void recordsWithoutKeyOrValueOrWithHugeHeadersAreDeadLetters() throws Exception {
    try (var monitor = FakeMonitor.start(cluster)) {
      send(topics.snapshots(), null, utf8("x"), new RecordHeaders());
      send(topics.snapshots(), utf8("run"), null, new RecordHeaders());
      send(topics.snapshots(), new byte[] {(byte) 0xc3}, utf8("x"), new RecordHeaders());
      Headers huge = new RecordHeaders().add("huge", new byte[900_000]);
      send(topics.snapshots(), utf8("run"), utf8("x"), huge);
      monitor.await("four dead letters", () -> letters.size() == 4);
      monitor.awaitNoLag();
      assertEquals(
          List.of("header", "key", "key", "value"),
          letters.stream().map(letter -> header(letter, DeadLetters.REASON)).sorted().toList());
      var tombstone =
          letters.stream()
              .filter(letter -> header(letter, DeadLetters.REASON).equals("value"))
              .findFirst()
              .orElseThrow();
      assertNull(tombstone.value());
      assertNotNull(tombstone.key());
    }
  }

  @Test
  void aFileWithAWrongDigestIsOneDeadLetterWithAllItsRecords() throws Exception {
    try (var monitor = FakeMonitor.start(cluster)) {
      byte[] announced = Chunks.file(100, 1);
      for (int i = 0; i < 3; i++) {
        Headers headers =
            ChunkHeaders.of(
                FileKind.SNAPSHOT, Chunks.id("run", 1, announced, 3), i, "2026-11-22T12:00:00Z");
        send(topics.snapshots(), utf8("run"), utf8("part " + i), headers);
      }
      monitor.await("three records", () -> letters.size() == 3);
      assertEquals(List.of(DeadLetterReason.DIGEST), monitor.deadLetters);
      assertEquals(
          List.of("part 0", "part 1", "part 2"),
          letters.stream().map(l -> new String(l.value(), StandardCharsets.UTF_8)).toList());
      monitor.awaitNoLag();
    }
  }

  @Test
  void whatTheReceiverRejectsIsADeadLetterOnceAndFinished() {
    try (var publisher = new Publisher(cluster);
        var monitor = FakeMonitor.start(cluster)) {
      byte[] file = Chunks.file(600_000, 1);
      publisher.snapshot("run", 0, 1, file).join();
      SnapshotFile snapshot = monitor.await(SnapshotFile.class, 1).getFirst();
      snapshot.reject(DeadLetterReason.MALFORMED, "the header length lies");
      snapshot.reject(DeadLetterReason.MALFORMED, "the header length lies");
      snapshot.done();
      monitor.await("two records", () -> letters.size() == 2);
      monitor.awaitNoLag();
      assertEquals("the header length lies", header(letters.getFirst(), DeadLetters.MESSAGE));
      assertEquals(600_000, letters.stream().mapToInt(letter -> letter.value().length).sum());
      assertEquals(List.of(SnapshotResult.INVALID), monitor.results);
    }
  }

  @Test
  void documentsThatAreNoneAreDeadLettersAndOthersArrive() throws Exception {
    try (var monitor = FakeMonitor.start(cluster)) {
      monitor.ingest().caughtUp().join();
      send(topics.runs(), utf8("run"), utf8("{\"type\":\"run\""), new RecordHeaders());
      send(topics.scalars(), utf8("run"), utf8("[]"), new RecordHeaders());
      send(topics.probes(), utf8("run/0"), utf8("x"), new RecordHeaders());
      String other = "{\"type\":\"run\",\"run\":\"other\"}";
      send(topics.runs(), utf8("run"), utf8(other), new RecordHeaders());
      send(topics.runs(), utf8("other"), utf8(other), new RecordHeaders());
      monitor.await("four dead letters", () -> letters.size() == 4);
      assertEquals(
          List.of("document", "document", "header", "key"),
          letters.stream().map(letter -> header(letter, DeadLetters.REASON)).sorted().toList());
      assertEquals("other", monitor.await(Delivery.RunUpdate.class, 1).getFirst().run());
    }
  }
}
