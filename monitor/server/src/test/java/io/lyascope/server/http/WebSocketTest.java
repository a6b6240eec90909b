package io.lyascope.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.fact.Fact;
import io.lyascope.server.runs.Facts;
import io.lyascope.server.runs.Readings;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonObject;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketTest {

  private static final String SUBSCRIBE_FLEET = "{\"op\":\"subscribe\",\"topics\":[\"fleet\"]}";

  /** Series of long names would make the scrape of this test long. */
  private static final Map<String, String> FEW_SERIES = Map.of("metrics.runs.max", "1");

  private final WebFixture web = new WebFixture(Map.of());

  @AfterEach
  void close() {
    web.close();
  }

  private static Object data(JsonObject frame, String field) {
    return ((Map<?, ?>) frame.fields().get("data")).get(field);
  }

  private static boolean hasStep(JsonObject frame, String run, long step) {
    return data(frame, "run/" + run) instanceof Map<?, ?> summary
        && Long.valueOf(step).equals(summary.get("step"));
  }

  private static long seq(JsonObject frame) {
    return (Long) frame.fields().get("seq");
  }

  @Test
  void startsWithASnapshotAndGoesOnWithNumberedChanges() throws Exception {
    web.publish(Facts.heartbeat("a", 5, 2.5));
    web.await("/api/v1/runs", body -> body.contains("\"step\":5"));
    TestSocket client = TestSocket.open(web);
    client.send(SUBSCRIBE_FLEET);
    JsonObject first = client.next();
    assertEquals("snapshot", first.fields().get("type"));
    assertEquals("fleet", first.fields().get("topic"));
    web.publish(Facts.heartbeat("a", 6, 2.4));
    long seq = seq(first);
    JsonObject frame = first;
    while (!hasStep(frame, "a", 6)) {
      frame = client.next();
      assertEquals("delta", frame.fields().get("type"));
      assertEquals(++seq, seq(frame));
    }
  }

  @Test
  void tellsOfOneRunWithItsReadings() throws Exception {
    web.publish(Facts.made(Readings.measured("a/b", 0, 5, 0.5, -1.0)));
    web.await("/api/v1/runs", body -> body.contains("\"step\":5"));
    TestSocket client = TestSocket.open(web);
    client.send("{\"op\":\"subscribe\",\"topics\":[\"run/a/b\"]}");
    JsonObject first = client.next();
    assertEquals(5L, ((Map<?, ?>) data(first, "latest")).get("step"));
    assertTrue(data(first, "summary") instanceof Map);
    web.publish(Facts.made(Readings.live("a/b", 6, 0.4, -1.0)));
    JsonObject delta = client.next(frame -> data(frame, "live") != null);
    assertEquals("live", ((Map<?, ?>) data(delta, "live")).get("kind"));
    web.publish(Facts.made(Readings.measured("a/b", 0, 6, 0.4, -1.0)));
    delta = client.next(frame -> data(frame, "latest") != null);
    assertEquals(6L, ((Map<?, ?>) data(delta, "latest")).get("step"));
    assertTrue(((Map<?, ?>) delta.fields().get("data")).containsKey("live"));
  }

  @Test
  void tellsOfARunThatIsNotKnownYetAsSoonAsItIs() throws Exception {
    TestSocket client = TestSocket.open(web);
    client.send("{\"op\":\"subscribe\",\"topics\":[\"run/a\"]}");
    JsonObject first = client.next();
    assertEquals("snapshot", first.fields().get("type"));
    assertEquals(Map.of(), first.fields().get("data"));
    web.publish(Facts.heartbeat("a", 5, 2.5));
    JsonObject delta = client.next();
    assertEquals("delta", delta.fields().get("type"));
    assertEquals(seq(first) + 1, seq(delta));
    assertEquals(5L, ((Map<?, ?>) data(delta, "summary")).get("step"));
  }

  @Test
  void takesBackWhatItToldOfARunThatIsGone() throws Exception {
    web.publish(Facts.declared("a", "running"));
    web.await("/api/v1/runs", body -> body.contains("\"run\":\"a\""));
    TestSocket client = TestSocket.open(web);
    client.send("{\"op\":\"subscribe\",\"topics\":[\"run/a\"]}");
    assertTrue(data(client.next(), "summary") instanceof Map);
    web.publish(new Fact.RunRemoved("a"));
    JsonObject delta =
        client.next(frame -> frame.fields().get("data").toString().contains("events"));
    assertEquals("delta", delta.fields().get("type"));
    assertTrue(((Map<?, ?>) delta.fields().get("data")).containsKey("summary"));
    assertNull(data(delta, "summary"));
  }

  @Test
  void tellsOfItselfWithoutTheFleet() throws Exception {
    web.publish(Facts.heartbeat("a", 5, 2.5));
    web.await("/api/v1/runs", body -> body.contains("\"step\":5"));
    TestSocket client = TestSocket.open(web);
    client.send("{\"op\":\"subscribe\",\"topics\":[\"monitor\"]}");
    JsonObject first = client.next(frame -> Long.valueOf(1).equals(data(frame, "runs")));
    assertEquals("monitor", first.fields().get("topic"));
    client.send(SUBSCRIBE_FLEET);
    JsonObject fleet = client.next(frame -> "fleet".equals(frame.fields().get("topic")));
    assertEquals(Set.of("run/a"), ((Map<?, ?>) fleet.fields().get("data")).keySet());
  }

  @Test
  void resumesWhereAClientStopped() throws Exception {
    TestSocket client = TestSocket.open(web);
    client.send(SUBSCRIBE_FLEET);
    long seen = seq(client.next());
    client.socket().abort();
    web.publish(Facts.heartbeat("a", 6, 2.4));
    TestSocket again = TestSocket.open(web);
    again.send(
        "{\"op\":\"subscribe\",\"topics\":[\"fleet\"],\"since\":{\"fleet\":%d}}".formatted(seen));
    JsonObject frame = again.next();
    assertEquals("delta", frame.fields().get("type"));
    assertEquals(seen + 1, seq(frame));
    while (!hasStep(frame, "a", 6)) {
      frame = again.next();
    }
  }

  @Test
  void answersATooOldOrUnknownNumberWithASnapshot() throws Exception {
    for (long since : new long[] {0, Long.MAX_VALUE, -5}) {
      TestSocket client = TestSocket.open(web);
      client.send(
          "{\"op\":\"subscribe\",\"topics\":[\"fleet\"],\"since\":{\"fleet\":%d}}"
              .formatted(since));
      assertEquals("snapshot", client.next().fields().get("type"));
    }
  }

  @Test
  void saysWhatIsWrongWithAnOperationAndGoesOn() throws Exception {
    TestSocket client = TestSocket.open(web);
    for (String wrong :
        new String[] {
          "{", "[]", "{\"op\":\"stop\",\"topics\":[]}", "{\"op\":\"subscribe\",\"topics\":[\"x\"]}"
        }) {
      client.send(wrong);
      assertEquals("error", client.next().fields().get("type"));
    }
    client.send(SUBSCRIBE_FLEET);
    assertEquals("snapshot", client.next().fields().get("type"));
  }

  @Test
  void tellsNoMoreOfWhatIsUnsubscribed() throws Exception {
    web.publish(Facts.heartbeat("a", 5, 2.5));
    web.await("/api/v1/runs", body -> body.contains("\"step\":5"));
    TestSocket client = TestSocket.open(web);
    client.send(SUBSCRIBE_FLEET);
    client.next();
    client.send("{\"op\":\"unsubscribe\",\"topics\":[\"fleet\"]}");
    client.send("{\"op\":\"subscribe\",\"topics\":[\"run/a\"]}");
    client.next(frame -> "run/a".equals(frame.fields().get("topic")));
    web.publish(Facts.heartbeat("a", 6, 2.5));
    assertEquals("run/a", client.next().fields().get("topic"));
  }

  @Test
  void closesConnectionsThatSendTooMuch() {
    TestSocket client = TestSocket.open(web);
    client.send(Json.write("x".repeat(100_000)));
    assertEquals(1002, client.closed.join());
  }

  @Test
  void refusesPagesFromElsewhere() {
    var builder = web.http().newWebSocketBuilder().header("Origin", "http://evil.example");
    var refused =
        assertThrows(CompletionException.class, () -> TestSocket.open(web, builder, false));
    assertEquals(
        403, ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode());
    TestSocket.open(
        web,
        web.http().newWebSocketBuilder().header("Origin", "http://127.0.0.1:" + web.port()),
        false);
  }

  @Test
  void sendsAClientAwayThatIsTooSlow() throws Exception {
    try (WebFixture impatient = new WebFixture(FEW_SERIES, Duration.ofSeconds(1))) {
      TestSocket slow = TestSocket.openSlow(impatient);
      slow.send(SUBSCRIBE_FLEET);
      TestSocket fast = TestSocket.open(impatient);
      fast.send(SUBSCRIBE_FLEET);
      // Long names fill the slow one's buffers soon; the fast one shows when that has happened.
      for (long step = 0; step < 20; step++) {
        long wanted = step;
        for (int run = 0; run < 20; run++) {
          impatient.publish(Facts.heartbeat(run + "x".repeat(40_000), wanted, 1.0));
        }
        fast.next(frame -> hasStep(frame, "0" + "x".repeat(40_000), wanted));
      }
      slow.socket().request(Long.MAX_VALUE);
      assertEquals(1013, slow.closed.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void countsItsClients() throws Exception {
    TestSocket client = TestSocket.open(web);
    web.await("/metrics", body -> body.contains("lyascope_websocket_clients 1.0"));
    client.socket().abort();
    web.await("/metrics", body -> body.contains("lyascope_websocket_clients 0.0"));
  }
}
