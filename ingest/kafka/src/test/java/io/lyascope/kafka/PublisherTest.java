package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Digests;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PublisherTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T12:00:00.123456Z"), ZoneOffset.UTC);

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(
          cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Publisher publisher = new Publisher(producer, Topics.DEFAULT, CLOCK);

  private static Cluster cluster() {
    List<PartitionInfo> partitions = new ArrayList<>();
    var node = new Node(1, "nowhere", 1);
    Node[] nodes = {node};
    for (String topic : List.of(Topics.DEFAULT.snapshots(), Topics.DEFAULT.probes())) {
      for (int i = 0; i < 7; i++) {
        partitions.add(new PartitionInfo(topic, i, node, nodes, nodes));
      }
    }
    return new Cluster("c", List.of(node), partitions, Set.of(), Set.of());
  }

  private static String header(ProducerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static String key(ProducerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  @Test
  void aSnapshotIsCutIntoChunksThatADefaultBrokerTakes() {
    byte[] file = Chunks.file(1_200_000, 1);
    assertTrue(publisher.snapshot("run", 2, 300, file).isDone());
    List<ProducerRecord<byte[], byte[]>> sent = producer.history();
    assertEquals(3, sent.size());
    var joined = new ByteArrayOutputStream();
    sent.forEach(record -> joined.writeBytes(record.value()));
    assertArrayEquals(file, joined.toByteArray());
    assertTrue(sent.stream().allMatch(record -> record.value().length <= 512 * 1024));
    assertTrue(sent.stream().allMatch(record -> key(record).equals("run")));
  }

  @Test
  void everyChunkHasAllHeadersOfTheContract() {
    byte[] file = Chunks.file(600_000, 1);
    publisher.snapshot("run", 2, 300, file).join();
    ProducerRecord<byte[], byte[]> second = producer.history().get(1);
    assertEquals("1.0", header(second, "ce_specversion"));
    assertEquals("run/2/300/1", header(second, "ce_id"));
    assertFalse(header(second, "ce_source").isEmpty());
    assertEquals("io.lyascope.snapshot.v1", header(second, "ce_type"));
    assertEquals("run", header(second, "ce_subject"));
    assertEquals("2026-11-22T12:00:00.123Z", header(second, "ce_time"));
    assertEquals("300", header(second, "lyascope-step"));
    assertEquals("2", header(second, "lyascope-attempt"));
    assertEquals("1/2", header(second, "lyascope-chunk"));
    assertEquals(Digests.sha256(file), header(second, "lyascope-digest"));
  }

  @Test
  void aProbeGoesToThePartitionOfItsRunUnderAKeyOfItsOwn() {
    publisher.snapshot("run", 0, 0, new byte[10]).join();
    publisher.probe("run", Chunks.file(2_000_000, 1)).join();
    List<ProducerRecord<byte[], byte[]>> sent = producer.history();
    assertEquals(
        List.of("run", "run/0", "run/1", "run/2", "run/3"),
        sent.stream().map(PublisherTest::key).toList());
    assertEquals(1, sent.stream().map(ProducerRecord::partition).distinct().count());
  }

  @Test
  void thePartitionIsTheOneThatTheJavaClientWouldChoose() {
    // murmur2 of these keys, as org.apache.kafka.common.utils.Utils and librdkafka compute it.
    publisher.snapshot("21", 0, 0, new byte[1]).join();
    assertEquals(
        (-973932308 & 0x7fffffff) % 7, producer.history().getFirst().partition().intValue());
  }

  @Test
  void hostileRunNamesTravelUnchanged() {
    for (String run : List.of("a\nb\r\n", "<script>alert(1)</script>", "\u0000", "🦊/ü", " ")) {
      publisher.snapshot(run, 0, 0, new byte[1]).join();
      ProducerRecord<byte[], byte[]> sent = producer.history().getLast();
      assertEquals(run, key(sent));
      assertEquals(run, header(sent, "ce_subject"));
    }
  }

  @Test
  void aVeryLongRunNameLeavesSmallerChunks() {
    String run = "x".repeat(250_000);
    publisher.snapshot(run, 0, 0, Chunks.file(1_000_000, 1)).join();
    Set<Boolean> fits =
        producer.history().stream()
            .map(record -> 3 * 250_000 + record.value().length <= 1_000_000)
            .collect(Collectors.toSet());
    assertEquals(Set.of(true), fits);
    String tooLong = "x".repeat(400_000);
    assertThrows(
        IllegalArgumentException.class, () -> publisher.snapshot(tooLong, 0, 0, new byte[1]));
  }

  @Test
  void aFailureEndsTheSendingAndShowsInTheFuture() {
    producer.sendException = new TimeoutException("buffer full");
    var sent = publisher.snapshot("run", 0, 0, Chunks.file(3_000_000, 1));
    assertTrue(sent.isCompletedExceptionally());
    assertEquals(0, producer.history().size());
  }
}
