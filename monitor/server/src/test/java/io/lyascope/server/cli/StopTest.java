package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a monitor that says what the test wants. */
class StopTest {

  private static final String ISSUED =
      "{\"type\":\"stop\",\"id\":\"c1\",\"run\":\"a/b\",\"expires\":\"2026-11-23T12:10:00Z\"}";

  private final Console console = new Console();
  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Queue<String> states = new ArrayDeque<>();
  private volatile int status = 202;
  private volatile String answer = ISSUED;
  private HttpServer server;
  private String url;

  @TempDir Path folder;

  @BeforeEach
  void serve() {
    server = vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1").await();
    url = "http://127.0.0.1:" + server.actualPort();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private void answer(HttpServerRequest request) {
    String token = request.getHeader("Authorization");
    request
        .body()
        .onSuccess(body -> {
          asked.add(request.method() + " " + request.uri() + " " + token + " " + body);
          if (request.method().name().equals("POST")) {
            request.response().setStatusCode(status).end(answer);
          } else {
            request.response().end(shown());
          }
        });
  }

  /** What the monitor shows: the next state each time it is asked, and from then on the last. */
  private String shown() {
    String state = states.size() > 1 ? states.remove() : states.element();
    return "{\"commands\":[{\"id\":\"other\",\"state\":\"stopped\"},"
        + "{\"id\":\"c1\",\"state\":\"%s\",\"answer\":\"said \\u001bso\"}]}".formatted(state);
  }

  @Test
  void theMonitorIsAskedWithReasonAndToken() throws IOException, JsonException {
    Path config = folder.resolve("lyascope.yaml");
    Files.writeString(config, "auth.operator.token: secret");
    assertEquals(
        ExitCode.OK,
        console.run(
            "stop", "a/b", "--url", url + "/", "--reason", "why", "--config", config.toString()),
        console.err());
    String request = asked.getFirst();
    assertTrue(request.startsWith("POST /api/v1/runs/a%2Fb/stop Bearer secret {"), request);
    JsonObject body = JsonObject.parse(request.substring(request.indexOf('{')));
    assertEquals(Optional.of("why"), body.string("reason"));
    assertEquals(Optional.of("600s"), body.string("expires_in"));
    assertEquals("a/b is told to stop, until 2026-11-23T12:10:00Z\n", console.out());
  }

  @Test
  void itWaitsUntilTheRunHasStopped() {
    states.addAll(List.of("issued", "received", "received", "saved", "stopped"));
    assertEquals(ExitCode.OK, console.run("stop", "a/b", "--url", url, "--wait", "60s"));
    assertEquals(
        List.of("a/b: received: said ?so", "a/b: saved: said ?so", "a/b: stopped: said ?so"),
        console.err().lines().toList());
  }

  @Test
  void aRunThatRefusesAndAVetoAreRefusals() {
    states.add("refused");
    assertEquals(
        ExitCode.REFUSED_BY_POLICY, console.run("stop", "a/b", "--url", url, "--wait", "60s"));
    states.clear();
    states.add("withdrawn");
    assertEquals(
        ExitCode.REFUSED_BY_POLICY, console.run("stop", "a/b", "--url", url, "--wait", "60s"));
    assertTrue(console.err().contains("withdrawn"), console.err());
  }

  @Test
  void aRunThatDoesNotStopInTimeIsAFailure() {
    states.add("received");
    assertEquals(ExitCode.FAILURE, console.run("stop", "a/b", "--url", url, "--wait", "10ms"));
    assertTrue(console.err().contains("no further than received"), console.err());
  }

  @Test
  void whatTheMonitorRefusesIsSaidWithAnExitCodeOfItsOwn() {
    answer = "{\"detail\":\"because\"}";
    assertRefused(401, ExitCode.REFUSED_BY_POLICY, "LYASCOPE_AUTH_OPERATOR_TOKEN");
    assertRefused(403, ExitCode.REFUSED_BY_POLICY, "because");
    assertRefused(404, ExitCode.FAILURE, "because");
    assertRefused(409, ExitCode.FAILURE, "because");
    assertRefused(503, ExitCode.UNREACHABLE, "because");
  }

  private void assertRefused(int refusal, ExitCode code, String reason) {
    status = refusal;
    assertEquals(code, console.run("stop", "a/b", "--url", url), console.err());
    assertTrue(console.err().contains(reason), console.err());
  }

  @Test
  void neitherMonitorNorBrokerIsUnreachable() {
    server.close().await();
    assertEquals(ExitCode.UNREACHABLE, console.run("stop", "a/b", "--url", url));
    assertEquals(
        ExitCode.UNREACHABLE,
        console.run("stop", "a/b", "--kafka.bootstrap.servers", "127.0.0.1:1"));
    assertTrue(console.err().contains("127.0.0.1:1"), console.err());
  }

  @Test
  void argumentsThatMakeNoSenseAreUsageErrors() {
    assertEquals(ExitCode.USAGE, console.run("stop"));
    assertEquals(ExitCode.USAGE, console.run("stop", "a", "b"));
    assertEquals(ExitCode.USAGE, console.run("stop", "a", "--wait", "soon"));
    assertEquals(ExitCode.USAGE, console.run("stop", "a", "--wait", "25h"));
    assertEquals(ExitCode.USAGE, console.run("stop", "a", "--url", "not a url"));
  }
}
