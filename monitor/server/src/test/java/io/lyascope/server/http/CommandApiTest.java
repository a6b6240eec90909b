package io.lyascope.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.fact.Fact;
import io.lyascope.server.runs.Facts;
import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.RunCommand;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandApiTest {

  private static final String OPERATOR = "command-token";
  private static final String RUN = "a/b";
  private static final String PATH = "/api/v1/runs/a%2Fb";

  private final WebFixture web = new WebFixture(Map.of("auth.operator.token", OPERATOR));

  @AfterEach
  void close() {
    web.close();
  }

  private void known(String state) throws Exception {
    web.publish(Facts.declared(RUN, state), Facts.heartbeat(RUN, 5, 0.5));
    web.await(PATH, body -> body.contains("\"state\":\"" + state + "\",\"cell\""));
  }

  private HttpResponse<String> post(String what, String body) throws Exception {
    return web.send(
        web.request(PATH + what)
            .header("Authorization", "Bearer " + OPERATOR)
            .POST(BodyPublishers.ofString(body)));
  }

  private static RunCommand stop(String id, Duration validity) throws Exception {
    return (RunCommand)
        ControlDocument.parse(
            "{\"type\":\"stop\",\"id\":\"%s\",\"run\":\"a/b\",\"reason\":\"<b>\",\"expires\":\"%s\"}"
                .formatted(id, Instant.now().plus(validity)));
  }

  private CompletableFuture<HttpResponse<String>> poll(String wait) {
    return web.http()
        .sendAsync(web.request(PATH + "/commands?wait=" + wait).build(), BodyHandlers.ofString());
  }

  @Test
  void aStopGoesToTheControlTopicWithIdAndExpiry() throws Exception {
    known("running");
    var response = post("/stop", "{\"reason\":\" chaotic \",\"expires_in\":\"2m\",\"by\":\"ann\"}");
    assertEquals(202, response.statusCode(), response.body());
    var sent = assertInstanceOf(RunCommand.class, web.uplink.controls.getFirst());
    assertEquals(RunCommand.Kind.STOP, sent.kind());
    assertEquals(Optional.of("chaotic"), sent.reason());
    assertEquals(Optional.of("ann"), sent.by());
    assertEquals(OptionalInt.empty(), sent.attempt());
    assertEquals(sent.issued().orElseThrow().plusSeconds(120), sent.expires().orElseThrow());
    Map<String, Object> fields = WebFixture.json(response);
    assertEquals(sent.id(), fields.get("id"));
    assertEquals("issued", fields.get("state"));
  }

  @Test
  void aVetoNeedsNoBodyAndExpiresInTenMinutes() throws Exception {
    known("running");
    assertEquals(202, post("/veto", "").statusCode());
    var sent = (RunCommand) web.uplink.controls.getFirst();
    assertEquals(RunCommand.Kind.VETO, sent.kind());
    assertEquals(sent.issued().orElseThrow().plusSeconds(600), sent.expires().orElseThrow());
  }

  @Test
  void onlyTheOperatorCommandsEvenOnThisMachine() throws Exception {
    known("running");
    var stop = web.request(PATH + "/stop").POST(BodyPublishers.ofString("{}"));
    assertEquals(401, web.send(stop).statusCode());
    assertEquals(401, web.send(stop.header("Authorization", "Bearer wrong")).statusCode());
    assertTrue(web.uplink.controls.isEmpty());
  }

  @Test
  void aViewerMayNotCommand() throws Exception {
    var settings = Map.of("auth.operator.token", OPERATOR, "auth.viewer.token", "look");
    try (WebFixture guarded = new WebFixture(settings)) {
      var stop = guarded.request(PATH + "/stop").header("Authorization", "Bearer look");
      assertEquals(403, guarded.send(stop.POST(BodyPublishers.noBody())).statusCode());
      assertEquals(401, guarded.get(PATH + "/commands").statusCode());
    }
  }

  @Test
  void aMonitorWithoutAnOperatorsTokenSaysHowToSetOne() throws Exception {
    try (WebFixture open = new WebFixture(Map.of())) {
      var refused = open.send(open.request(PATH + "/stop").POST(BodyPublishers.noBody()));
      assertEquals(403, refused.statusCode());
      assertTrue(refused.body().contains("LYASCOPE_AUTH_OPERATOR_TOKEN"), refused.body());
    }
  }

  @Test
  void runsThatAreUnknownOrOverCannotBeStopped() throws Exception {
    assertEquals(404, post("/stop", "{}").statusCode());
    known("finished");
    assertEquals(409, post("/stop", "{}").statusCode());
    assertTrue(web.uplink.controls.isEmpty());
  }

  @Test
  void aMalformedBodyIsRefusedByTheNameOfItsField() throws Exception {
    known("running");
    assertRefused("reason", "{\"reason\":7}");
    assertRefused("reason", "{\"reason\":\"" + "x".repeat(501) + "\"}");
    assertRefused("expires_in", "{\"expires_in\":\"soon\"}");
    assertRefused("expires_in", "{\"expires_in\":\"25h\"}");
    assertRefused("expires_in", "{\"expires_in\":\"0s\"}");
    assertRefused("attempt", "{\"attempt\":-1}");
    assertRefused("document", "[]");
    assertTrue(web.uplink.controls.isEmpty());
  }

  private void assertRefused(String field, String body) throws Exception {
    var refused = post("/stop", body);
    assertEquals(400, refused.statusCode(), body);
    assertTrue(refused.body().contains(field), refused.body());
  }

  @Test
  void whoWaitsIsAnsweredWhenACommandComes() throws Exception {
    var waiting = poll("30s");
    web.publish(new Fact.ControlSeen(stop("c1", Duration.ofMinutes(10))));
    String body = waiting.get().body();
    assertTrue(body.startsWith("{\"commands\":[{\"type\":\"stop\",\"id\":\"c1\","), body);
  }

  @Test
  void whoWaitsInVainIsToldSo() throws Exception {
    assertEquals("{\"commands\":[]}", poll("10ms").get().body());
    assertEquals("{\"commands\":[]}", web.get(PATH + "/commands").body());
    assertEquals(400, web.get(PATH + "/commands?wait=soon").statusCode());
  }

  @Test
  void whatHasExpiredOrIsAnsweredIsNotDelivered() throws Exception {
    web.publish(
        Facts.declared(RUN, "running"),
        new Fact.ControlSeen(stop("old", Duration.ofSeconds(-1))),
        new Fact.ControlSeen(stop("answered", Duration.ofMinutes(10))),
        new Fact.ControlSeen(stop("open", Duration.ofMinutes(10))),
        new Fact.ControlSeen(
            new CommandAck(
                "answered",
                RUN,
                0,
                CommandAck.State.RECEIVED,
                Optional.of("at the next step"),
                Optional.empty())));
    String shown = web.await(PATH, body -> body.contains("\"state\":\"received\"")).body();
    assertTrue(shown.contains("\"state\":\"expired\""), shown);
    assertTrue(shown.contains("\"answer\":\"at the next step\""), shown);
    List<?> delivered = (List<?>) WebFixture.json(poll("30s").get()).get("commands");
    assertEquals(1, delivered.size());
    assertEquals("open", ((Map<?, ?>) delivered.getFirst()).get("id"));
  }

  @Test
  void aSubscriberOfTheRunIsToldOfItsCommands() throws Exception {
    known("running");
    TestSocket client = TestSocket.open(web);
    client.send("{\"op\":\"subscribe\",\"topics\":[\"run/a/b\"]}");
    client.next();
    web.publish(new Fact.ControlSeen(stop("c1", Duration.ofMinutes(10))));
    assertTrue(client.next().fields().toString().contains("id=c1"));
  }

  @Test
  void anAnswerGoesToTheControlTopicAndACommandDoesNot() throws Exception {
    String ack = "{\"type\":\"ack\",\"id\":\"c1\",\"run\":\"%s\",\"state\":\"%s\"}";
    assertEquals(202, acknowledge(ack.formatted(RUN, "saved")).statusCode());
    assertInstanceOf(CommandAck.class, web.uplink.controls.getFirst());
    assertEquals(400, acknowledge(ack.formatted(RUN, "gone")).statusCode());
    assertEquals(409, acknowledge(ack.formatted("other", "saved")).statusCode());
    assertEquals(400, acknowledge("").statusCode());
    String stop = "{\"type\":\"stop\",\"id\":\"c1\",\"run\":\"a/b\"}";
    assertEquals(400, acknowledge(stop).statusCode());
    assertEquals(1, web.uplink.controls.size());
  }

  /** As a training process on this machine does, without a token. */
  private HttpResponse<String> acknowledge(String body) throws Exception {
    return web.send(web.request(PATH + "/acks").POST(BodyPublishers.ofString(body)));
  }
}
