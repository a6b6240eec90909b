package io.lyascope.server.http;

import io.lyascope.server.fact.Fact;
import io.lyascope.server.fact.Fact.KafkaState;
import io.lyascope.snapshot.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;

/** Whether the monitor lives, and whether it sees anything. Belongs to the event loop. */
final class Health {

  private KafkaState kafka = KafkaState.CONNECTING;

  void accept(Fact fact) {
    if (fact instanceof Fact.MonitorHealth(var state, _)) {
      kafka = state;
    }
  }

  /** In the words of the page. */
  String kafka() {
    return kafka == KafkaState.READY ? "connected" : kafka.name().toLowerCase(Locale.ROOT);
  }

  void live(RoutingContext ctx) {
    answer(ctx, 200, Map.of("status", "up"));
  }

  void ready(RoutingContext ctx) {
    boolean ready = kafka == KafkaState.READY;
    answer(ctx, ready ? 200 : 503, Map.of("status", ready ? "up" : "down", "kafka", kafka()));
  }

  private static void answer(RoutingContext ctx, int status, Map<String, String> fields) {
    ctx.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Json.write(fields));
  }
}
