package io.lyascope.server.http;

import io.lyascope.server.metrics.WebMeters;
import io.lyascope.snapshot.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One connected page. It is told at its own pace: what it cannot take waits, merged, for it. */
final class Client {

  /** The status of RFC 6455 for a server that asks to come back later. */
  static final short TRY_AGAIN_LATER = 1013;

  private final ServerWebSocket socket;
  private final WebMeters meters;
  private final Duration patience;
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private Optional<Instant> blockedSince = Optional.empty();
  private boolean leaving;

  /**
   * @param patience how long the client may take nothing before it is sent away
   */
  Client(ServerWebSocket socket, WebMeters meters, Duration patience) {
    this.socket = socket;
    this.meters = meters;
    this.patience = patience;
  }

  void subscribe(Topic topic, Optional<Long> since) {
    subscriptions.put(topic.name(), new Subscription(topic, since));
  }

  void unsubscribe(String topic) {
    subscriptions.remove(topic);
  }

  boolean isSubscribed(String topic) {
    return subscriptions.containsKey(topic);
  }

  /** What the client is told of. */
  Set<String> topics() {
    return subscriptions.keySet();
  }

  int subscriptions() {
    return subscriptions.size();
  }

  /** At most one frame a topic, as long as the socket takes them. */
  void send(Instant now) {
    if (socket.isClosed()) {
      return; // its end is announced only after this turn
    }
    for (Subscription subscription : subscriptions.values()) {
      if (leaving || socket.writeQueueFull()) {
        blocked(now);
        return;
      }
      if (subscription.next() instanceof Subscription.Next.Frame(var text, var missed)) {
        socket.writeTextMessage(text);
        meters.framesDropped(missed);
      }
    }
    blockedSince = socket.writeQueueFull() ? blockedSince : Optional.empty();
  }

  private void blocked(Instant now) {
    Instant since = blockedSince.orElse(now);
    blockedSince = Optional.of(since);
    // A client that takes nothing at all does not even take the close frame: the idle timeout of
    // the server ends its connection.
    if (!leaving && !now.isBefore(since.plus(patience))) {
      leaving = true;
      socket.close(TRY_AGAIN_LATER, "too slow");
    }
  }

  /** Keeps a connection on which nothing happens from being taken for a dead one. */
  void ping() {
    if (!socket.isClosed()) {
      socket.writePing(Buffer.buffer());
    }
  }

  /** Says what was wrong with an operation. */
  void refuse(String topic, String message) {
    if (socket.writeQueueFull()) {
      socket.close(TRY_AGAIN_LATER, "too slow");
      return;
    }
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("topic", topic);
    frame.put("seq", null);
    frame.put("type", "error");
    frame.put("data", Map.of("message", message));
    socket.writeTextMessage(Json.write(frame));
  }
}
