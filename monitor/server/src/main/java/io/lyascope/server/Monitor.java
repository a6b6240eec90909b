package io.lyascope.server;

import io.lyascope.aelle.Predictors;
import io.lyascope.dynamics.WarmUp;
import io.lyascope.kafka.Publisher;
import io.lyascope.server.config.Config;
import io.lyascope.server.config.ConfigException;
import io.lyascope.server.config.HttpSettings;
import io.lyascope.server.fact.FactBus;
import io.lyascope.server.http.WebVerticle;
import io.lyascope.server.metrics.Meters;
import io.lyascope.server.prediction.LoadedPredictors;
import io.lyascope.server.prediction.ModelFiles;
import io.lyascope.snapshot.RefusedException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole monitor in one process: Kafka on one side, the page, the API and {@code /metrics} on
 * the other. It serves at once and is ready when its broker is there and earlier readings are back.
 */
public final class Monitor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Monitor.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Publisher publisher;
  private final Stream stream;
  private final String url;

  private Monitor(Vertx vertx, Publisher publisher, Stream stream, String url) {
    this.vertx = vertx;
    this.publisher = publisher;
    this.stream = stream;
    this.url = url;
  }

  /**
   * Starts everything; returns when the page can be asked for, whether or not there is a broker.
   *
   * @throws io.lyascope.server.config.ConfigException if others could reach the page without a
   *     token, or if a file of a predictor is none
   */
  public static Monitor start(Config config) {
    Predictors predictors = predictors(config);
    WarmUp.start();
    Vertx vertx = Vertx.vertx();
    Publisher publisher = null;
    try {
      var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      var meters = new Meters(registry, config.metrics(), InstantSource.system());
      var facts = new FactBus(vertx);
      publisher = new Publisher(config.kafka().cluster());
      // The page listens before the stream speaks: no earlier reading may pass it by.
      var web = new WebVerticle(config, predictors, facts, meters, registry, publisher);
      vertx.deployVerticle(web).await();
      Stream stream =
          Stream.start(
              vertx,
              config,
              new LoadedPredictors(predictors),
              facts,
              meters.ingest(),
              meters.pipeline());
      return new Monitor(vertx, publisher, stream, url(config.http(), web.port()));
    } catch (RuntimeException e) {
      if (publisher != null) {
        publisher.close();
      }
      vertx.close().await();
      throw e;
    }
  }

  private static Predictors predictors(Config config) {
    try {
      Predictors predictors = ModelFiles.load(config.prediction().models());
      predictors
          .all()
          .forEach(predictor ->
              log.info("Predictor {} for task {}", predictor.name(), predictor.task()));
      if (predictors.all().isEmpty()) {
        log.info("No predictor is loaded: runs are measured and not judged");
      }
      return predictors;
    } catch (RefusedException e) {
      throw new ConfigException("prediction.models: " + e.getMessage());
    }
  }

  private static String url(HttpSettings http, int port) {
    String host = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
    return "http://" + host + ":" + port + "/";
  }

  /** Where the page is, ending in a slash. */
  public String url() {
    return url;
  }

  /** Stores what is measured, commits it, and ends within a few seconds. */
  @Override
  public void close() {
    stream.close();
    publisher.close();
    try {
      vertx.close().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn("Something did not end within {} s and is left behind", PATIENCE.toSeconds());
    }
  }
}
