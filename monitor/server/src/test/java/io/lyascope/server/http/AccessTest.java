package io.lyascope.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.config.ConfigException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {

  private static final String VIEWER = "look-é-token";
  private static final String OPERATOR = "command-token";

  private final WebFixture web =
      new WebFixture(Map.of("auth.viewer.token", VIEWER, "auth.operator.token", OPERATOR));

  @AfterEach
  void close() {
    web.close();
  }

  private HttpRequest.Builder with(String token, String path) {
    return web.request(path).header("Authorization", "Bearer " + token);
  }

  private HttpRequest.Builder scalars() {
    return web.request("/api/v1/runs/a/scalars")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"type\":\"scalars\",\"run\":\"a\",\"step\":1,\"values\":{}}"));
  }

  @Test
  void wantsATokenForWhatIsSeen() throws Exception {
    for (String path : new String[] {"/api/v1/runs", "/metrics", "/api/v1/openapi.yaml"}) {
      var refused = web.get(path);
      assertEquals(401, refused.statusCode(), path);
      assertTrue(
          refused.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Bearer"));
      assertEquals(401, web.send(with("wrong", path)).statusCode());
      assertEquals(200, web.send(with(OPERATOR, path)).statusCode());
    }
  }

  @Test
  void wantsNoTokenForHealthAndThePage() throws Exception {
    assertEquals(200, web.get("/health/live").statusCode());
    assertTrue(web.get("/").statusCode() != 401);
  }

  @Test
  void wantsTheOperatorsTokenForWhatIsSent() throws Exception {
    assertEquals(401, web.send(scalars()).statusCode());
    assertEquals(
        202, web.send(scalars().header("Authorization", "Bearer " + OPERATOR)).statusCode());
  }

  @Test
  void takesATokenBesideTheSubprotocol() throws Exception {
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(VIEWER.getBytes(StandardCharsets.UTF_8));
    var builder = web.http().newWebSocketBuilder().subprotocols("lyascope", "bearer." + token);
    TestSocket client = TestSocket.open(web, builder, false);
    assertEquals("lyascope", client.socket().getSubprotocol());
    client.send("{\"op\":\"subscribe\",\"topics\":[\"fleet\"]}");
    assertEquals("snapshot", client.next().fields().get("type"));
    assertThrows(CompletionException.class, () -> TestSocket.open(web));
  }

  @Test
  void refusesToServeOthersWithoutTokens() {
    var refused =
        assertThrows(
            ConfigException.class, () -> new WebFixture(Map.of("http.host", "0.0.0.0")).close());
    assertTrue(refused.getMessage().contains("set auth.viewer.token and auth.operator.token"));
  }
}
