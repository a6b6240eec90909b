package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.Publisher;
import io.lyascope.kafka.TopicAdmin;
import io.lyascope.kafka.TopicReader;
import io.lyascope.server.BrokerFixture;
import io.lyascope.server.config.Config;
import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.CommandAck.State;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RunCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A stop over a real broker, without a monitor. */
class StopIT {

  private final Map<String, String> keys = BrokerFixture.keys();
  private final Cluster cluster = Config.of(keys).kafka().cluster();
  private final Console console = new Console();
  private final List<RunCommand> heard = new CopyOnWriteArrayList<>();

  @Test
  void aRunThatListensToTheControlTopicAnswersAndStops() {
    TopicAdmin.ensure(cluster, 3);
    try (Publisher publisher = new Publisher(cluster);
        TopicReader process = listening(publisher, State.RECEIVED, State.SAVED, State.STOPPED)) {
      assertEquals(ExitCode.OK, stop("--reason", "chaotic", "--wait", "60s"), console.err());
      assertTrue(process.alive());
    }
    assertEquals(List.of("r: received", "r: saved", "r: stopped"), console.err().lines().toList());
    assertEquals(Optional.of("chaotic"), heard.getFirst().reason());
    assertEquals(Optional.of(System.getProperty("user.name")), heard.getFirst().by());
  }

  @Test
  void aRunThatRefusesMakesTheExitCode() {
    TopicAdmin.ensure(cluster, 3);
    try (Publisher publisher = new Publisher(cluster);
        TopicReader process = listening(publisher, State.REFUSED)) {
      assertEquals(ExitCode.REFUSED_BY_POLICY, stop("--wait", "60s"), console.err());
      assertTrue(process.alive());
    }
  }

  private ExitCode stop(String... more) {
    List<String> words = new ArrayList<>(List.of("stop", "r"));
    words.addAll(List.of(more));
    for (String key : List.of("kafka.bootstrap.servers", "kafka.topic.prefix")) {
      words.addAll(List.of("--" + key, keys.get(key)));
    }
    return console.run(words.toArray(String[]::new));
  }

  /** A process that answers each command so. */
  private TopicReader listening(Publisher publisher, State... answers) {
    var control = TopicReader.Source.whole(cluster.topics().control());
    return TopicReader.start(
        cluster,
        "process",
        List.of(control),
        record -> {
          if (parse(record) instanceof RunCommand command) {
            heard.add(command);
            for (State state : answers) {
              var _ =
                  publisher.control(
                      new CommandAck(
                          command.id(),
                          command.run(),
                          0,
                          state,
                          Optional.empty(),
                          Optional.empty()));
            }
          }
        });
  }

  private static ControlDocument parse(ConsumerRecord<byte[], byte[]> record) {
    try {
      return ControlDocument.parse(new String(record.value(), StandardCharsets.UTF_8));
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }
}
