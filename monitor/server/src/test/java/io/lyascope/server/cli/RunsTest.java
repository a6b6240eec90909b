package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsTest {

  private static final String RUNS =
      "{\"runs\":[{\"run\":\"a\\u001b[31m\",\"state\":\"running\",\"step\":7,\"progress\":0.5,"
          + "\"exponent_max\":\"-Infinity\",\"train_loss\":null},{\"run\":\"b\"}]}";

  private final Console console = new Console();
  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;
  private String url;
  private volatile int status = 200;

  @BeforeEach
  void serve() {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().setStatusCode(status).end(RUNS))
            .listen(0, "127.0.0.1")
            .await();
    url = "http://127.0.0.1:" + server.actualPort();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void runsAreATableForPeople() {
    assertEquals(ExitCode.OK, console.run("runs", "--url", url + "/"), console.err());
    List<String> lines = console.out().lines().toList();
    assertEquals(3, lines.size(), console.out());
    assertTrue(lines.get(1).startsWith("a?[31m"), lines.get(1));
    assertTrue(lines.get(1).contains("50 %"), lines.get(1));
    assertTrue(lines.get(1).contains("-Infinity"), lines.get(1));
  }

  @Test
  void withJsonEachRunIsALineAsItCame() {
    console.run("runs", "--url", url, "--json");
    assertEquals("{\"run\":\"b\"}", console.out().lines().toList().getLast());
  }

  @Test
  void aMonitorThatWantsATokenSaysSo() {
    status = 401;
    assertEquals(ExitCode.FAILURE, console.run("runs", "--url", url));
    assertTrue(console.err().contains("LYASCOPE_AUTH_VIEWER_TOKEN"), console.err());
  }

  @Test
  void aMonitorThatIsAwayIsUnreachable() {
    server.close().await();
    assertEquals(ExitCode.UNREACHABLE, console.run("runs", "--url", url));
    assertTrue(console.err().contains(url), console.err());
    assertEquals(ExitCode.USAGE, console.run("runs", "--url", "not a url"));
  }
}
