package io.lyascope.server;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.IngestMeter;
import io.lyascope.kafka.KafkaIngest;
import io.lyascope.kafka.TopicAdmin;
import io.lyascope.server.config.Config;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.fact.Fact.KafkaState;
import io.lyascope.server.fact.Fact.Origin;
import io.lyascope.server.fact.FactBus;
import io.lyascope.server.pipeline.Pipeline;
import io.lyascope.server.pipeline.PipelineMeter;
import io.lyascope.server.prediction.Forecaster;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.results.ResultsReader;
import io.lyascope.server.results.ResultsWriter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything between Kafka and facts. It comes up in order (topics, earlier readings, then
 * snapshots) on a thread of its own, and waits for its broker as long as that takes.
 */
final class Stream implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Stream.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Config config;
  private final Cluster cluster;
  private final FactBus facts;
  private final IngestMeter meter;
  private final ResultsWriter results;
  private final Pipeline pipeline;
  private final Thread starter;
  private volatile Optional<KafkaIngest> ingest = Optional.empty();

  private Stream(
      Vertx vertx,
      Config config,
      Forecaster forecaster,
      FactBus facts,
      IngestMeter ingestMeter,
      PipelineMeter meter) {
    this.config = config;
    this.cluster = config.kafka().cluster();
    this.facts = facts;
    this.meter = ingestMeter;
    this.results = new ResultsWriter(cluster);
    this.pipeline =
        new Pipeline(vertx, Wiring.pipeline(config), forecaster, facts::publish, results, meter);
    this.starter = Thread.ofPlatform().name("lyascope-start").daemon().unstarted(this::comeUp);
  }

  /**
   * Deploys the workers and begins to look for the broker.
   *
   * @param facts whoever wants to hear of earlier readings has subscribed to them before
   */
  static Stream start(
      Vertx vertx,
      Config config,
      Forecaster forecaster,
      FactBus facts,
      IngestMeter ingestMeter,
      PipelineMeter meter) {
    var stream = new Stream(vertx, config, forecaster, facts, ingestMeter, meter);
    stream.pipeline.start().await();
    stream.starter.start();
    return stream;
  }

  private void comeUp() {
    try {
      publish(KafkaState.CONNECTING);
      patiently(this::ensureTopics);
      publish(KafkaState.RESTORING);
      patiently(this::restore);
      ingest =
          Optional.of(KafkaIngest.start(cluster, Wiring.limits(config), pipeline.intake(), meter));
      ingest.get().caughtUp().get();
      publish(KafkaState.READY);
      log.info("Reading snapshots from {}", config.kafka().bootstrapServers());
    } catch (InterruptedException e) {
      log.debug("Closed before the stream was up");
    } catch (ExecutionException e) {
      log.error("Runs, probes and scalars cannot be read", e.getCause());
    }
  }

  /** Tries again until no broker that is away stands in the way. */
  private void patiently(Runnable step) throws InterruptedException {
    for (boolean warned = false; ; warned = true) {
      try {
        step.run();
        return;
      } catch (KafkaException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException();
        }
        if (!warned) {
          log.warn("Kafka at {}: {}", config.kafka().bootstrapServers(), e.getMessage());
        }
        Thread.sleep(RETRY);
      }
    }
  }

  private void ensureTopics() {
    var report = TopicAdmin.ensure(cluster, config.kafka().partitions());
    report.created().forEach(topic -> log.info("Created topic {}", topic));
    report.warnings().forEach(log::warn);
  }

  private void restore() {
    long results = new ResultsReader(cluster).readAll(new Restored());
    log.info("Read {} earlier readings and predictions back", results);
  }

  /** What an earlier life has left. */
  private final class Restored implements ResultsReader.Sink {
    @Override
    public void reading(Reading reading) {
      pipeline.restore(reading);
      facts.publish(new Fact.ReadingMade(reading, Origin.RESTORED, Optional.empty()));
    }

    @Override
    public void prediction(PredictionDocument prediction) {
      pipeline.restore(prediction);
      facts.publish(new Fact.PredictionMade(prediction, Origin.RESTORED));
    }
  }

  private void publish(KafkaState state) {
    facts.publish(new Fact.MonitorHealth(state, Instant.now()));
  }

  /**
   * Ends what is being measured without a reading, stores the readings that there are, and commits
   * what they finish.
   */
  @Override
  public void close() {
    publish(KafkaState.CLOSING);
    starter.interrupt();
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pipeline.stop().await();
    results.close();
    ingest.ifPresent(KafkaIngest::close);
  }
}
