package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RestartIT {
  private final Cluster cluster = BrokerFixture.freshCluster();

  private static Set<Long> steps(List<SnapshotFile> files) {
    return files.stream().map(SnapshotFile::step).collect(Collectors.toSet());
  }

  @Test
  void whatWasNotFinishedComesAgainAndWhatWasDoesNot() {
    try (var publisher = new Publisher(cluster)) {
      try (var monitor = FakeMonitor.start(cluster)) {
        for (int step = 0; step < 5; step++) {
          publisher.snapshot("run", 0, step, Chunks.file(600_000, step)).join();
        }
        List<SnapshotFile> files = monitor.await(SnapshotFile.class, 5);
        // Step 2 is not finished, so 3 comes again although it is: only a prefix is committed.
        List.of(3, 0, 1).forEach(step -> files.get(step).done());
      }
      try (var monitor = FakeMonitor.start(cluster)) {
        assertEquals(Set.of(2L, 3L, 4L), steps(monitor.await(SnapshotFile.class, 3)));
        monitor.all(SnapshotFile.class).forEach(SnapshotFile::done);
        monitor.awaitNoLag();
      }
      try (var monitor = FakeMonitor.start(cluster)) {
        publisher.snapshot("run", 0, 9, Chunks.file(10, 9)).join();
        assertEquals(Set.of(9L), steps(monitor.await(SnapshotFile.class, 1)));
      }
    }
  }

  @Test
  void aHalfReceivedSnapshotHoldsTheCommitUntilItIsGivenUp() throws Exception {
    var now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    byte[] half = Chunks.file(100, 1);
    String topic = cluster.topics().snapshots();
    try (var publisher = new Publisher(cluster);
        var producer = new KafkaProducer<byte[], byte[]>(cluster.producerSettings())) {
      var first = new Chunks().records(Chunks.id("run", 1, half, 2), half).getFirst();
      producer
          .send(new ProducerRecord<>(topic, null, first.key(), first.value(), first.headers()))
          .get();
      publisher.snapshot("run", 0, 2, Chunks.file(100, 2)).join();
      try (var monitor = FakeMonitor.start(cluster, IngestLimits.DEFAULT, now::get)) {
        monitor.await(SnapshotFile.class, 1).getFirst().done();
      }
      try (var monitor = FakeMonitor.start(cluster, IngestLimits.DEFAULT, now::get)) {
        assertEquals(Set.of(2L), steps(monitor.await(SnapshotFile.class, 1)));
        monitor.all(SnapshotFile.class).forEach(SnapshotFile::done);
        now.set(now.get().plus(Duration.ofSeconds(61)));
        monitor.awaitNoLag();
        assertEquals(List.of(SnapshotResult.INCOMPLETE), monitor.results);
      }
      try (var monitor = FakeMonitor.start(cluster, IngestLimits.DEFAULT, now::get)) {
        publisher.snapshot("run", 0, 3, Chunks.file(100, 3)).join();
        assertEquals(Set.of(3L), steps(monitor.await(SnapshotFile.class, 1)));
      }
    }
  }

  @Test
  void runsProbesAndScalarsAreReadAnewAtEachStart() throws Exception {
    try (var publisher = new Publisher(cluster)) {
      publisher.run(RunDocument.parse("{\"type\":\"run\",\"run\":\"a\",\"attempt\":0}")).join();
      publisher.run(RunDocument.parse("{\"type\":\"run\",\"run\":\"a\",\"attempt\":1}")).join();
      publisher.run(RunDocument.parse("{\"type\":\"run\",\"run\":\"gone\"}")).join();
      publisher.removeRun("gone").join();
      publisher.probe("a", Chunks.file(2_000_000, 1)).join();
      publisher.probe("a", Chunks.file(10, 2)).join();
      publisher.probe("a", Chunks.file(2_000_000, 1)).join();
      publisher.scalars(scalars()).join();
      for (int start = 0; start < 2; start++) {
        try (var monitor = FakeMonitor.start(cluster)) {
          monitor.ingest().caughtUp().join();
          List<Delivery.RunUpdate> runs = monitor.all(Delivery.RunUpdate.class);
          assertEquals(
              1,
              runs.reversed().stream()
                  .filter(r -> r.run().equals("a"))
                  .findFirst()
                  .orElseThrow()
                  .document()
                  .attempt());
          assertEquals(2_000_000, monitor.all(ProbeFile.class).getLast().bytes().length);
          assertEquals(1, monitor.all(Delivery.ScalarsUpdate.class).size());
          assertEquals("gone", monitor.all(Delivery.RunRemoved.class).getLast().run());
          assertEquals(List.of(), monitor.deadLetters);
        }
      }
    }
  }

  private static ScalarsDocument scalars() throws Exception {
    return ScalarsDocument.parse(
        "{\"type\":\"scalars\",\"run\":\"a\",\"step\":1,\"values\":{\"train_loss\":\"NaN\"}}");
  }
}
