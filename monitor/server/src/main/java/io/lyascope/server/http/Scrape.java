package io.lyascope.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Metrics as Prometheus asks for them. Thousands of series take a while, so a worker does it. */
final class Scrape {

  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final PrometheusMeterRegistry registry;

  Scrape(Vertx vertx, PrometheusMeterRegistry registry) {
    this.vertx = vertx;
    this.registry = registry;
  }

  void handle(RoutingContext ctx) {
    String accepted = ctx.request().getHeader("Accept");
    boolean open = accepted != null && accepted.contains("application/openmetrics-text");
    String type = open ? OPEN_METRICS : TEXT;
    vertx
        .executeBlocking(() -> registry.scrape(type), false)
        .onSuccess(text -> ctx.response().putHeader("Content-Type", type).end(text))
        .onFailure(ctx::fail);
  }
}
