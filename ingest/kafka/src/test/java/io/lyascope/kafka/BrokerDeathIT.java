package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.broker.BrokerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerDeathIT {
  @Test
  void aBrokerKilledWhileSnapshotsArriveLosesNone(@TempDir Path directory) {
    int count = 40;
    try (var broker = BrokerProcess.start(directory)) {
      Cluster cluster = BrokerFixture.freshCluster(broker.bootstrapServers());
      try (var publisher = new Publisher(cluster);
          var monitor = FakeMonitor.start(cluster)) {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int step = 0; step < count; step++) {
          sent.add(publisher.snapshot("run", 0, step, Chunks.file(1_200_000, step)));
          if (step == count / 2) {
            monitor.await(SnapshotFile.class, 3);
            broker.kill();
            broker.restart();
          }
        }
        sent.forEach(CompletableFuture::join);
        // A broker that forgot a member's session has its partitions read again, so some come
        // twice.
        monitor.await("all steps", () -> steps(monitor).size() == count);
        assertEquals(LongStream.range(0, count).boxed().toList(), steps(monitor));
        monitor.all(SnapshotFile.class).forEach(SnapshotFile::done);
        monitor.awaitNoLag();
        assertEquals(List.of(), monitor.results);
        assertEquals(List.of(), monitor.deadLetters);
      }
    }
  }

  private static List<Long> steps(FakeMonitor monitor) {
    return monitor.all(SnapshotFile.class).stream().map(SnapshotFile::step).distinct().toList();
  }
}
