package io.lyascope.server.http;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A web-socket client that keeps every frame it gets. */
final class TestSocket implements WebSocket.Listener {

  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private final boolean slow;
  private WebSocket socket;

  private TestSocket(boolean slow) {
    this.slow = slow;
  }

  static TestSocket open(WebFixture web) {
    return open(web, web.http().newWebSocketBuilder(), false);
  }

  /** A client that never takes a frame. */
  static TestSocket openSlow(WebFixture web) {
    return open(web, web.http().newWebSocketBuilder(), true);
  }

  static TestSocket open(WebFixture web, WebSocket.Builder builder, boolean slow) {
    TestSocket client = new TestSocket(slow);
    URI address = URI.create("ws://127.0.0.1:" + web.port() + "/ws");
    client.socket = builder.buildAsync(address, client).join();
    return client;
  }

  WebSocket socket() {
    return socket;
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  JsonObject next() throws InterruptedException, JsonException {
    String frame = frames.poll(WebFixture.LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame came");
    }
    return JsonObject.parse(frame);
  }

  /** The next frame that is as wanted. */
  JsonObject next(Predicate<JsonObject> wanted) throws InterruptedException, JsonException {
    JsonObject frame = next();
    while (!wanted.test(frame)) {
      frame = next();
    }
    return frame;
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    if (!slow) {
      webSocket.request(1);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      frames.add(part.toString());
      part.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
    closed.complete(status);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }
}
