package io.lyascope.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.fact.Fact;
import io.lyascope.server.runs.Facts;
import io.lyascope.server.runs.Readings;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebVerticleTest {

  private final WebFixture web = new WebFixture(Map.of());

  @AfterEach
  void close() {
    web.close();
  }

  private HttpResponse<String> head(String path) throws Exception {
    return web.send(web.request(path).HEAD());
  }

  @Test
  void listsRunsByTheirSummaries() throws Exception {
    web.publish(Facts.declared("a", "running"), Facts.heartbeat("a", 5, 2.5));
    var response = web.await("/api/v1/runs", body -> body.contains("\"step\":5"));
    assertEquals(200, response.statusCode());
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElseThrow());
    var runs = (List<?>) WebFixture.json(response).get("runs");
    assertEquals("running", ((Map<?, ?>) runs.getFirst()).get("state"));
  }

  @Test
  void givesReadingsScalarsAndASpectrum() throws Exception {
    for (long step = 0; step < 1000; step++) {
      web.publish(Facts.made(Readings.measured("a", 0, step, Math.sin((double) step), -1.0)));
    }
    web.await("/api/v1/runs/a", body -> body.contains("\"readings\":1000"));
    var readings = WebFixture.json(web.get("/api/v1/runs/a/readings?from=100&to=899&points=50"));
    var list = (List<?>) readings.get("readings");
    assertEquals(1000L, readings.get("total"));
    assertTrue(list.size() <= 50);
    assertEquals(100L, ((Map<?, ?>) list.getFirst()).get("step"));
    assertEquals(899L, ((Map<?, ?>) list.getLast()).get("step"));
    assertTrue(web.get("/api/v1/runs/a/scalars?points=10").body().contains("\"train_loss\":[["));
    var spectrum = WebFixture.json(web.get("/api/v1/runs/a/spectrum?step=500"));
    assertEquals("reading", spectrum.get("type"));
    assertEquals(500L, spectrum.get("step"));
  }

  @Test
  void findsRunsWhateverTheirNames() throws Exception {
    for (String run : List.of("a/b c", "<b>x</b>\n\"'\\", "../..%2F", "ü".repeat(5000))) {
      web.publish(Facts.heartbeat(run, 5, 2.5));
      String path = "/api/v1/runs/" + WebFixture.encode(run);
      var response = web.await(path, body -> body.contains("\"step\":5"));
      assertEquals(run, ((Map<?, ?>) WebFixture.json(response).get("run")).get("run"));
    }
  }

  @Test
  void answersErrorsAsProblemDetails() throws Exception {
    for (var wrong :
        Map.of(
                "/api/v1/runs/none", 404,
                "/nowhere", 404,
                "/api/v1/runs/a/decisions", 404,
                "/assets/../lyascope/openapi.yaml", 404,
                "/assets/charts", 404)
            .entrySet()) {
      var response = web.get(wrong.getKey());
      assertEquals(wrong.getValue(), response.statusCode(), wrong.getKey());
      assertEquals(
          "application/problem+json", response.headers().firstValue("Content-Type").orElseThrow());
      assertEquals(wrong.getValue().longValue(), WebFixture.json(response).get("status"));
    }
  }

  @Test
  void refusesQueriesThatMakeNoSense() throws Exception {
    web.publish(Facts.heartbeat("a", 5, 2.5));
    web.await("/api/v1/runs/a", body -> body.contains("\"step\":5"));
    assertEquals(400, web.get("/api/v1/runs/a/readings?points=1000000").statusCode());
    assertEquals(400, web.get("/api/v1/runs/a/readings?from=x").statusCode());
    assertEquals(404, web.get("/api/v1/runs/a/spectrum").statusCode());
  }

  @Test
  void answersHeadLikeGetWithoutABody() throws Exception {
    for (String path :
        List.of("/api/v1/runs", "/metrics", "/health/live", "/api/v1/openapi.yaml")) {
      var response = head(path);
      assertEquals(200, response.statusCode(), path);
      assertEquals("", response.body());
    }
  }

  @Test
  void isReadyOnceEverythingIsReadBack() throws Exception {
    assertEquals(200, web.get("/health/live").statusCode());
    assertEquals(503, web.get("/health/ready").statusCode());
    web.publish(new Fact.MonitorHealth(Fact.KafkaState.READY, Instant.now()));
    var response = web.await("/health/ready", body -> body.contains("\"up\""));
    assertEquals(200, response.statusCode());
  }

  @Test
  void scrapesInTheFormatThatIsAskedFor() throws Exception {
    web.publish(Facts.made(Readings.measured("a", 0, 5, 0.25)));
    web.await("/metrics", body -> body.contains("lyascope_exponent_max{run=\"a\"} 0.25"));
    var open = web.send(web.request("/metrics").header("Accept", "application/openmetrics-text"));
    assertTrue(open.body().endsWith("# EOF\n"));
    assertTrue(
        open.headers().firstValue("Content-Type").orElseThrow().startsWith("application/openm"));
  }

  @Test
  void revalidatesTheDescriptionOfTheInterface() throws Exception {
    var first = web.get("/api/v1/openapi.yaml");
    assertTrue(first.body().startsWith("openapi: 3"));
    assertEquals("no-cache", first.headers().firstValue("Cache-Control").orElseThrow());
    String tag = first.headers().firstValue("ETag").orElseThrow();
    var again = web.send(web.request("/api/v1/openapi.yaml").header("If-None-Match", tag));
    assertEquals(304, again.statusCode());
  }

  @Test
  void keepsBrowsersFromDoingMoreThanTheyShould() throws Exception {
    var response = web.get("/health/live");
    assertTrue(
        response
            .headers()
            .firstValue("Content-Security-Policy")
            .orElseThrow()
            .startsWith(
                "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'"));
    assertEquals("nosniff", response.headers().firstValue("X-Content-Type-Options").orElseThrow());
    assertFalse(response.headers().map().containsKey("Access-Control-Allow-Origin"));
  }
}
