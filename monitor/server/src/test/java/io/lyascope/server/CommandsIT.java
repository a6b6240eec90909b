package io.lyascope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.kafka.Publisher;
import io.lyascope.server.config.Config;
import io.lyascope.server.programs.NeedsPython;
import io.lyascope.server.programs.Programs;
import io.lyascope.server.programs.Python;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.RunDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an operator's stop over a real broker to a training process in Python, and back. */
@NeedsPython("confluent_kafka")
class CommandsIT {

  private static final String TOKEN = "operator-token";

  private final Map<String, String> keys = BrokerFixture.keys();
  private final Config config =
      Config.load(Optional.empty(), Map.of("LYASCOPE_AUTH_OPERATOR_TOKEN", TOKEN), keys);
  private final HttpClient client = HttpClient.newHttpClient();
  private Monitor monitor;

  @BeforeEach
  void start() {
    monitor = Monitor.start(config);
    Waiting.until(
        "the broker", () -> ask("health/ready").contains("\"up\""), () -> ask("health/ready"));
  }

  @AfterEach
  void close() {
    monitor.close();
  }

  @Test
  void aProcessThatSpeaksHttpSavesAndStops() throws Exception {
    assertStops("http", Map.of("LYASCOPE_URL", monitor.url()));
  }

  @Test
  void aProcessThatSpeaksKafkaSavesAndStops() throws Exception {
    assertStops(
        "kafka",
        Map.of(
            "LYASCOPE_BOOTSTRAP_SERVERS",
            keys.get("kafka.bootstrap.servers"),
            "LYASCOPE_KAFKA_TOPIC_PREFIX",
            keys.get("kafka.topic.prefix")));
  }

  private void assertStops(String run, Map<String, String> where) throws Exception {
    Process training = train(run, where);
    try {
      Waiting.until("the run", () -> state(run).equals("running"), () -> ask("api/v1/runs"));
      stop(run);
      String said = new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, training.waitFor(), said);
      assertEquals("too <chaotic> (by ann)", said.strip());
    } finally {
      training.destroyForcibly();
    }
    awaitCommand(run, "stopped");
    Waiting.until("the end", () -> state(run).equals("stopped"), () -> ask("api/v1/runs"));
  }

  private static Process train(String run, Map<String, String> where) throws IOException {
    var builder =
        new ProcessBuilder(
            Python.having("confluent_kafka").orElseThrow(),
            "-B",
            Programs.ROOT.resolve("monitor/server/src/test/python/stoppable.py").toString());
    builder.environment().putAll(where);
    builder.environment().put("LYASCOPE_RUN", run);
    builder.environment().put("PYTHONPATH", Programs.ROOT.resolve("ingest/python/src").toString());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Test
  void aStopThatNobodyAnswersIsCountedAndOutlivesTheMonitor() throws Exception {
    try (var publisher = new Publisher(config.kafka().cluster())) {
      publisher.run(RunDocument.parse("{\"type\":\"run\",\"run\":\"deaf\"}")).join();
    }
    Waiting.until("the run", () -> state("deaf").equals("waiting"), () -> ask("api/v1/runs"));
    stop("deaf");
    awaitCommand("deaf", "issued");
    String counted = "lyascope_stops_unacknowledged{project=\"\"} 1.0";
    Waiting.until("the count", () -> ask("metrics").contains(counted), () -> ask("metrics"));
    monitor.close();
    start();
    awaitCommand("deaf", "issued");
  }

  private void stop(String run) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(monitor.url() + "api/v1/runs/" + run + "/stop"))
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofString("{\"reason\":\"too <chaotic>\",\"by\":\"ann\"}"));
    var response = client.send(request.build(), BodyHandlers.ofString());
    assertEquals(202, response.statusCode(), response.body());
    assertTrue(response.body().contains("\"state\":\"issued\""), response.body());
  }

  private void awaitCommand(String run, String state) {
    Waiting.until(
        "the command to be " + state,
        () -> commands(run).equals(List.of(state)),
        () -> ask("api/v1/runs/" + run));
  }

  private List<String> commands(String run) {
    return read(run, "commands").stream()
        .map(command -> (String) command.fields().get("state"))
        .toList();
  }

  private String state(String run) {
    return read(run, "run").stream()
        .map(summary -> (String) summary.fields().get("state"))
        .findFirst()
        .orElse("unknown");
  }

  private List<JsonObject> read(String run, String field) {
    try {
      JsonObject answer = JsonObject.parse(ask("api/v1/runs/" + run));
      return answer.fields().get(field) instanceof List<?>
          ? answer.objects(field)
          : answer.object(field).stream().toList();
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private String ask(String path) {
    try {
      var request = HttpRequest.newBuilder(URI.create(monitor.url() + path)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
