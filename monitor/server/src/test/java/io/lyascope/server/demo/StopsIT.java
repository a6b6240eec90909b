package io.lyascope.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.Publisher;
import io.lyascope.kafka.TopicAdmin;
import io.lyascope.kafka.TopicReader;
import io.lyascope.server.BrokerFixture;
import io.lyascope.server.config.Config;
import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RunDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StopsIT {

  private final Cluster cluster = Config.of(BrokerFixture.keys()).kafka().cluster();
  private final List<String> seen = new ArrayList<>();

  @TempDir Path folder;

  @Test
  @Timeout(60)
  void aReplayObeysAStopAndAnswersLikeAProcess() throws Exception {
    TopicAdmin.ensure(cluster, 1);
    Path recording = TinyRun.record(folder, "tiny", 0, 50, 100);
    try (Publisher publisher = new Publisher(cluster);
        var stops = new ControlTopicStops(cluster, publisher)) {
      // At speed 1 it takes two minutes.
      var replays =
          new Replays(publisher, new Casting.AsRecorded(), 1, stoppedAtOnce(publisher), stops);
      assertEquals(List.of(), replays.run(List.of(recording)));
      awaitStates(List.of("running", "stopped", "RECEIVED", "STOPPED"));
    }
  }

  private static ReplayListener stoppedAtOnce(Publisher publisher) {
    return new ReplayListener() {
      @Override
      public void started(String run, int snapshots) {
        publisher.control(parse("{\"type\":\"stop\",\"id\":\"c\",\"run\":\"tiny\"}")).join();
      }

      @Override
      public void sent(String run, int sent, int snapshots, long step) {}

      @Override
      public void finished(String run, String state) {}
    };
  }

  /** States of the run document, then answers, each in order. */
  private void awaitStates(List<String> wanted) {
    var topics = cluster.topics();
    for (String topic : List.of(topics.runs(), topics.control())) {
      var whole = List.of(TopicReader.Source.whole(topic));
      try (var reader =
          TopicReader.start(cluster, "test", whole, record -> note(topic, record.value()))) {
        reader.caughtUp().join();
      }
    }
    assertEquals(wanted, seen);
  }

  private void note(String topic, byte[] value) {
    String json = new String(value, StandardCharsets.UTF_8);
    try {
      if (topic.equals(cluster.topics().runs())) {
        seen.add(RunDocument.parse(json).state().orElseThrow());
      } else if (parse(json) instanceof CommandAck ack) {
        seen.add(ack.state().name());
      }
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private static ControlDocument parse(String json) {
    try {
      return ControlDocument.parse(json);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }
}
