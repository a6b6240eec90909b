package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.broker.EmbeddedBroker;
import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.Publisher;
import io.lyascope.kafka.TopicAdmin;
import io.lyascope.kafka.Topics;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.ScalarsDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorIT {

  @TempDir static Path brokerFolder;

  private static EmbeddedBroker broker;

  private final Console console = new Console();

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(brokerFolder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void nothingIsWrongWhereTheTopicsAreOurOwn() throws Exception {
    Cluster cluster = Cluster.at(broker.bootstrapServers(), new Topics("healthy"));
    TopicAdmin.ensure(cluster, 2);
    assertEquals(ExitCode.OK, doctor("healthy"), console.out());
    assertEquals(
        List.of(
            "java ok", "memory ok", "kafka ok", "topics ok", "sizes ok", "clocks ok", "page ok"),
        findings());
  }

  @Test
  void missingTopicsAreNamedWithTheirCure() throws Exception {
    assertEquals(ExitCode.OK, doctor("absent"), console.out());
    assertTrue(findings().contains("topics doubtful"), console.out());
    assertTrue(console.out().contains("absent.snapshots.v1"), console.out());
    assertTrue(console.out().contains("lyascope serve creates it"), console.out());
  }

  @Test
  void aTopicThatTakesNoChunkIsBroken() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
      var narrow =
          new NewTopic("narrow.snapshots.v1", Optional.of(1), Optional.empty())
              .configs(Map.of("max.message.bytes", "1000"));
      admin.createTopics(List.of(narrow)).all().get();
    }
    assertEquals(ExitCode.FAILURE, doctor("narrow"));
    assertTrue(findings().contains("sizes broken"), console.out());
    assertTrue(console.out().contains("max.message.bytes"), console.out());
  }

  @Test
  void theAgeOfTheNewestScalarsIsTold() throws Exception {
    Cluster cluster = Cluster.at(broker.bootstrapServers(), new Topics("clocks"));
    TopicAdmin.ensure(cluster, 1);
    try (Publisher publisher = new Publisher(cluster)) {
      publisher.scalars(heartbeat()).join();
    }
    assertEquals(ExitCode.OK, doctor("clocks"), console.out());
    assertTrue(console.out().contains("s old"), console.out());
  }

  @Test
  void aBrokerThatDoesNotAnswerEndsWithItsOwnExitCode() throws Exception {
    assertEquals(
        ExitCode.UNREACHABLE,
        console.run("doctor", "--json", "--kafka.bootstrap.servers", "127.0.0.1:1"));
    assertTrue(findings().contains("kafka unreachable"), console.out());
  }

  @Test
  void anAddressThatSomethingElseServesIsBroken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerNonsense(other));
      assertEquals(ExitCode.FAILURE, doctor("absent", "--http.port=" + other.getLocalPort()));
      assertTrue(findings().contains("page broken"), console.out());
    }
  }

  private ExitCode doctor(String prefix, String... more) {
    String page = more.length == 0 ? "--http.port=1" : more[0];
    return console.run(
        "doctor",
        "--json",
        "--ingest.max.snapshot.bytes=1MiB",
        "--kafka.bootstrap.servers=" + broker.bootstrapServers(),
        "--kafka.topic.prefix=" + prefix,
        page);
  }

  private List<String> findings() {
    return console.out().lines().map(DoctorIT::finding).distinct().toList();
  }

  private static String finding(String line) {
    try {
      JsonObject fields = JsonObject.parse(line);
      return fields.requiredString("subject") + " " + fields.requiredString("state");
    } catch (JsonException e) {
      throw new AssertionError(line, e);
    }
  }

  private static ScalarsDocument heartbeat() {
    return new ScalarsDocument("r", 0, 1, Optional.empty(), Map.of(), ScalarsDocument.Phase.TRAIN);
  }

  private static void answerNonsense(ServerSocket server) {
    try (var client = server.accept();
        OutputStream out = client.getOutputStream()) {
      out.write("SSH-2.0-something\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // the test is over
    }
  }
}
