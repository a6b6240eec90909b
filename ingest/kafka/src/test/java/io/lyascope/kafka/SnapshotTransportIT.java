package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Digests;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SnapshotTransportIT {
  private final Cluster cluster = BrokerFixture.freshCluster();

  @Test
  void smallAndLargeSnapshotsPassADefaultBroker() {
    byte[] small = Chunks.file(150_000, 1);
    byte[] large = Chunks.file(40_000_000, 2);
    try (var publisher = new Publisher(cluster);
        var monitor = FakeMonitor.start(cluster)) {
      publisher.snapshot("small", 0, 10, small).join();
      publisher.snapshot("large", 1, 20, large).join();
      for (SnapshotFile file : monitor.await(SnapshotFile.class, 2)) {
        byte[] sent = file.run().equals("small") ? small : large;
        assertArrayEquals(sent, file.bytes());
        assertEquals(Digests.sha256(sent), file.digest());
        assertEquals(file.run().equals("small") ? 10 : 20, file.step());
        assertEquals(file.run().equals("small") ? 0 : 1, file.attempt());
        file.done();
      }
      monitor.awaitNoLag();
      assertEquals(List.of(), monitor.results);
      assertEquals(List.of(), monitor.deadLetters);
    }
  }

  @Test
  void hostileRunNamesArriveAsTheyAre() {
    List<String> runs =
        List.of("a\nb", "<img src=x onerror=alert(1)>", "x".repeat(5000), "漢字/🦊/0", "..", "%2F");
    try (var publisher = new Publisher(cluster);
        var monitor = FakeMonitor.start(cluster)) {
      for (String run : runs) {
        publisher.probe(run, Chunks.file(700_000, 1)).join();
        publisher.snapshot(run, 0, 0, Chunks.file(600_000, 2)).join();
      }
      assertEquals(Set.copyOf(runs), runsOf(monitor.await(SnapshotFile.class, runs.size())));
      assertEquals(Set.copyOf(runs), runsOf(monitor.await(ProbeFile.class, runs.size())));
      assertEquals(List.of(), monitor.deadLetters);
    }
  }

  private static Set<String> runsOf(List<? extends Delivery> deliveries) {
    return deliveries.stream().map(Delivery::run).collect(Collectors.toSet());
  }

  @Test
  void readingPausesWhileTooMuchIsInFlightAndLosesNothing() {
    var limits =
        new IngestLimits(
            1 << 20, 4 << 20, 8 << 20, 3 << 20, Duration.ofMinutes(1), Duration.ofDays(1));
    int count = 60;
    try (var publisher = new Publisher(cluster);
        var monitor = FakeMonitor.start(cluster, limits, InstantSource.system())) {
      List<CompletableFuture<Void>> sent = new ArrayList<>();
      for (int step = 0; step < count; step++) {
        sent.add(publisher.snapshot("run", 0, step, Chunks.file(1 << 20, step)));
      }
      sent.forEach(CompletableFuture::join);
      monitor.await("more than the limit", () -> monitor.all(SnapshotFile.class).size() > 3);
      int finished = 0;
      while (finished < count) {
        List<SnapshotFile> come = monitor.await(SnapshotFile.class, finished + 1);
        // One poll may overshoot, by what the client had fetched.
        assertTrue(come.size() - finished < count / 2, "nothing paused");
        come.subList(finished, come.size()).forEach(SnapshotFile::done);
        finished = come.size();
      }
      monitor.awaitNoLag();
      List<Long> steps = monitor.all(SnapshotFile.class).stream().map(SnapshotFile::step).toList();
      assertEquals(steps.stream().sorted().toList(), steps);
    }
  }
}
