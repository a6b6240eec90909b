package io.lyascope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.Publisher;
import io.lyascope.kafka.TopicAdmin;
import io.lyascope.server.config.Config;
import io.lyascope.server.pipeline.TinyNetwork;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.results.ResultsReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorDeathIT {

  private final Map<String, String> keys = BrokerFixture.keys();
  private final Cluster cluster = Config.of(keys).kafka().cluster();

  @Test
  void killedMonitorLeavesNoStepWithoutItsReadingAndNoneWithTwo() {
    TopicAdmin.ensure(cluster, 3);
    try (var publisher = new Publisher(cluster)) {
      publisher.probe("a", TinyNetwork.probe()).join();
      try (var monitor = MonitorProcess.start(keys)) {
        publish(publisher, 0);
        awaitSteps(List.of(0L));
        publish(publisher, 1);
        // Somewhere between the arrival of step 1 and the commit of its offset.
        monitor.kill();
      }
      try (var again = MonitorProcess.start(keys)) {
        awaitSteps(List.of(0L, 1L));
        publish(publisher, 2);
        awaitSteps(List.of(0L, 1L, 2L));
        again.kill();
      }
    }
    assertEquals(List.of(0L, 1L, 2L), storedSteps());
  }

  private static void publish(Publisher publisher, long step) {
    publisher.snapshot("a", 0, step, TinyNetwork.snapshot("a", step, 0.8)).join();
  }

  private void awaitSteps(List<Long> steps) {
    StreamFixture.until("steps " + steps, () -> storedSteps().containsAll(steps));
  }

  private List<Long> storedSteps() {
    var results = new CollectedResults();
    new ResultsReader(cluster).readAll(results);
    return results.readings().stream().map(Reading::step).toList();
  }
}
