package io.lyascope.server.http;

import io.lyascope.server.metrics.WebMeters;
import io.lyascope.snapshot.JsonException;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All web-socket clients and what they are told. Belongs to the event loop. */
final class Hub {

  /** How often a client may be told something of a topic: ten times a second. */
  static final Duration PACE = Duration.ofMillis(100);

  /** How often a topic changes: half as often, so that who is behind catches up. */
  static final int PACES_PER_CHANGE = 2;

  private static final short PROTOCOL_ERROR = 1002;
  private static final int PACES_PER_PRUNING = 600;
  private static final int PACES_PER_PING = 300;
  private static final int MOST_CLIENTS = 500;
  private static final int MOST_SUBSCRIPTIONS = 50;

  private final Topics topics;
  private final WebMeters meters;
  private final InstantSource clock;
  private final Duration patience;
  private final Set<Client> clients = new LinkedHashSet<>();
  private long paces;

  Hub(Topics topics, WebMeters meters, InstantSource clock, Duration patience) {
    this.topics = topics;
    this.meters = meters;
    this.clock = clock;
    this.patience = patience;
  }

  boolean isFull() {
    return clients.size() >= MOST_CLIENTS;
  }

  void connected(ServerWebSocket socket) {
    Client client = new Client(socket, meters, patience);
    clients.add(client);
    meters.connected();
    socket.textMessageHandler(text -> received(client, text));
    socket.exceptionHandler(_ -> socket.close(PROTOCOL_ERROR));
    socket.closeHandler(_ -> {
      clients.remove(client);
      client.topics().forEach(this::release);
      meters.disconnected();
    });
  }

  private void received(Client client, String text) {
    try {
      switch (Operation.parse(text)) {
        case Operation.Subscribe(var wanted) ->
            wanted.forEach((topic, since) -> subscribe(client, topic, since));
        case Operation.Unsubscribe(var unwanted) -> {
          unwanted.forEach(client::unsubscribe);
          unwanted.forEach(this::release);
        }
      }
    } catch (JsonException e) {
      client.refuse(null, e.getMessage());
    }
  }

  private void subscribe(Client client, String name, Optional<Long> since) {
    if (client.subscriptions() >= MOST_SUBSCRIPTIONS && !client.isSubscribed(name)) {
      client.refuse(name, "no more than " + MOST_SUBSCRIPTIONS + " topics a connection");
      return;
    }
    topics
        .find(name)
        .ifPresentOrElse(
            topic -> client.subscribe(topic, since),
            () -> client.refuse(name, "there is no such topic"));
  }

  private void release(String topic) {
    topics.release(topic, this::isWatched);
  }

  private boolean isWatched(String topic) {
    return clients.stream().anyMatch(client -> client.isSubscribed(topic));
  }

  /** To be called each {@link #PACE}. */
  void pace() {
    paces++;
    if (paces % PACES_PER_CHANGE == 0) {
      topics.flush();
    }
    if (paces % PACES_PER_PRUNING == 0) {
      topics.prune(this::isWatched);
    }
    if (paces % PACES_PER_PING == 0) {
      clients.forEach(Client::ping);
    }
    List.copyOf(clients).forEach(client -> client.send(clock.instant()));
  }
}
