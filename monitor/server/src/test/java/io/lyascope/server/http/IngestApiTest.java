package io.lyascope.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.TensorFile;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IngestApiTest {

  private static final String RUN = "a/b";
  private static final String PATH = "/api/v1/runs/a%2Fb";

  private final WebFixture web = new WebFixture(Map.of("ingest.max.snapshot.bytes", "100KiB"));

  @AfterEach
  void close() {
    web.close();
  }

  private static byte[] snapshot(String run) {
    return TensorFile.of(
            Map.of(
                "lyascope.format", "snapshot/1",
                "lyascope.run", run,
                "lyascope.step", "7",
                "lyascope.architecture", "{\"cell\":\"rnn\",\"input_size\":1,\"hidden_size\":1}"),
            List.of())
        .write();
  }

  private HttpResponse<String> put(String path, byte[] body) throws Exception {
    return web.send(web.request(path).PUT(BodyPublishers.ofByteArray(body)));
  }

  private HttpRequest.Builder post(String json) {
    return web.request(PATH + "/scalars").POST(BodyPublishers.ofString(json));
  }

  @Test
  void passesASnapshotOn() throws Exception {
    byte[] file = snapshot(RUN);
    var response = put(PATH + "/snapshots", file);
    assertEquals(202, response.statusCode(), response.body());
    assertEquals(List.of("snapshot a/b 0 7 " + file.length), web.uplink.sent);
  }

  @Test
  void passesProbeScalarsAndRunOn() throws Exception {
    byte[] probe = TensorFile.of(Map.of("lyascope.format", "probe/1"), List.of()).write();
    assertEquals(202, put(PATH + "/probe", probe).statusCode());
    assertEquals(
        202,
        web.send(post("{\"type\":\"scalars\",\"run\":\"a/b\",\"step\":3,\"values\":{\"x\":1}}"))
            .statusCode());
    assertEquals(
        202,
        put(PATH, "{\"type\":\"run\",\"run\":\"a/b\"}".getBytes(StandardCharsets.UTF_8))
            .statusCode());
    assertEquals(List.of("probe a/b " + probe.length, "scalars a/b 3", "run a/b"), web.uplink.sent);
  }

  @Test
  void saysWhatIsWrongWithABodyAndSendsNothing() throws Exception {
    assertEquals(422, put(PATH + "/snapshots", new byte[] {1, 2, 3}).statusCode());
    assertEquals(400, put(PATH + "/snapshots", new byte[0]).statusCode());
    assertEquals(409, put(PATH + "/snapshots", snapshot("other")).statusCode());
    assertEquals(422, put(PATH + "/probe", snapshot(RUN)).statusCode());
    assertEquals(400, web.send(post("{\"run\":\"a/b\"}")).statusCode());
    var broken = web.send(post("{"));
    assertEquals(400, broken.statusCode());
    assertEquals(
        "application/problem+json", broken.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(web.uplink.sent.isEmpty());
  }

  @Test
  void refusesWhatIsTooLarge() throws Exception {
    assertEquals(413, put(PATH + "/snapshots", new byte[200_000]).statusCode());
  }

  @Test
  void wantsToKnowHowMuchComes() throws Exception {
    var body = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(snapshot(RUN)));
    assertEquals(411, web.send(web.request(PATH + "/snapshots").PUT(body)).statusCode());
  }

  @Test
  void saysThatKafkaIsAway() throws Exception {
    web.uplink.away = true;
    var response = put(PATH + "/snapshots", snapshot(RUN));
    assertEquals(503, response.statusCode());
    assertTrue(response.headers().firstValue("Retry-After").isPresent());
  }

  @Test
  void takesNothingFromSomebodyElsesPage() throws Exception {
    var request = post("{\"run\":\"a/b\",\"step\":3}").header("Origin", "https://evil.example");
    assertEquals(403, web.send(request).statusCode());
  }
}
