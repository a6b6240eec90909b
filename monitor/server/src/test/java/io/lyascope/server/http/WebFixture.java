package io.lyascope.server.http;

import io.lyascope.aelle.Predictors;
import io.lyascope.server.config.Config;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.fact.FactBus;
import io.lyascope.server.metrics.Meters;
import io.lyascope.snapshot.Json;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A server on a port of its own, fed with facts by the test. */
final class WebFixture implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(20);

  final FakeUplink uplink = new FakeUplink();
  private final Vertx vertx = Vertx.vertx();
  private final FactBus facts = new FactBus(vertx);
  private final HttpClient http = HttpClient.newHttpClient();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WebVerticle web;

  WebFixture(Map<String, String> settings) {
    this(settings, Duration.ofSeconds(10));
  }

  WebFixture(Map<String, String> settings, Duration patience) {
    Config config = Config.load(Optional.empty(), variables(settings), Map.of());
    Meters meters = new Meters(registry, config.metrics(), InstantSource.system());
    web =
        new WebVerticle(
            config,
            Predictors.NONE,
            facts,
            meters,
            registry,
            uplink,
            InstantSource.system(),
            patience);
    vertx.deployVerticle(web).await();
  }

  /** Tokens are secrets, which flags may not hold. */
  private static Map<String, String> variables(Map<String, String> settings) {
    Map<String, String> variables = new HashMap<>(Map.of("LYASCOPE_HTTP_PORT", "0"));
    settings.forEach((key, value) ->
        variables.put("LYASCOPE_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    return variables;
  }

  void publish(Fact... news) {
    for (Fact fact : news) {
      facts.publish(fact);
    }
  }

  /** How many web sockets are open. */
  int clients() {
    return (int) registry.get("lyascope_websocket_clients").gauge().value();
  }

  int port() {
    return web.port();
  }

  HttpClient http() {
    return http;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(LIMIT);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  /** Asks until the answer is as wanted: facts take a moment to arrive. */
  HttpResponse<String> await(String path, Predicate<String> wanted) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    HttpResponse<String> response = get(path);
    while (!wanted.test(response.body())) {
      if (System.nanoTime() > end) {
        throw new IOException("never came: " + response.body());
      }
      response = get(path);
    }
    return response;
  }

  static String encode(String run) {
    return URLEncoder.encode(run, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @SuppressWarnings("unchecked") // the JSON that is asked for is always an object
  static Map<String, Object> json(HttpResponse<String> response) throws Exception {
    return (Map<String, Object>) Json.parse(response.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
    vertx.close().await();
  }
}
