package io.lyascope.server;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.DeadLetterReason;
import io.lyascope.kafka.IngestMeter;
import io.lyascope.kafka.Lag;
import io.lyascope.kafka.Publisher;
import io.lyascope.kafka.SnapshotResult;
import io.lyascope.server.config.Config;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.fact.Fact.KafkaState;
import io.lyascope.server.fact.FactBus;
import io.lyascope.server.pipeline.PipelineMeter;
import io.lyascope.server.prediction.Forecaster;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.results.ResultsReader;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A stream from a broker to facts and results, and all that it said and counted. */
final class StreamFixture implements AutoCloseable {

  final List<Fact> facts = new CopyOnWriteArrayList<>();
  final Counted counted = new Counted();
  final Publisher publisher;
  private final Cluster cluster;
  private final Vertx vertx = Vertx.vertx();
  private final Stream stream;

  private StreamFixture(Config config, Forecaster forecaster) {
    cluster = config.kafka().cluster();
    publisher = new Publisher(cluster);
    var bus = new FactBus(vertx);
    bus.subscribe(facts::add);
    stream = Stream.start(vertx, config, forecaster, bus, counted, counted);
  }

  static StreamFixture start(Map<String, String> keys) {
    return start(keys, Forecaster.NONE);
  }

  static StreamFixture start(Map<String, String> keys, Forecaster forecaster) {
    return new StreamFixture(Config.of(keys), forecaster);
  }

  /** Waits until snapshots are read. */
  StreamFixture ready() {
    await(
        "ready",
        fact -> fact instanceof Fact.MonitorHealth health && health.kafka() == KafkaState.READY);
    return this;
  }

  /** Waits for the reference reading of this step, whether new or restored. */
  Reading awaitReading(String run, long step) {
    Predicate<Fact> isIt =
        fact ->
            fact instanceof Fact.ReadingMade made
                && made.reading().kind() == Reading.Kind.REFERENCE
                && made.reading().run().equals(run)
                && made.reading().step() == step;
    await("reading of step " + step, isIt);
    return facts.stream()
        .filter(isIt)
        .map(fact -> ((Fact.ReadingMade) fact).reading())
        .findFirst()
        .orElseThrow();
  }

  void awaitArrival(long step) {
    await(
        "arrival of step " + step,
        fact -> fact instanceof Fact.SnapshotArrived arrived && arrived.step() == step);
  }

  void await(String what, Predicate<Fact> fact) {
    until(what, () -> facts.stream().anyMatch(fact));
  }

  static void until(String what, BooleanSupplier condition) {
    Waiting.until(what, condition, () -> "nothing more is known");
  }

  /** What is on the results topic now, in order. */
  List<Reading> stored() {
    return results().readings();
  }

  /** The predictions on the results topic now, in order. */
  List<PredictionDocument> predictions() {
    return results().predictions();
  }

  private CollectedResults results() {
    var results = new CollectedResults();
    new ResultsReader(cluster).readAll(results);
    return results;
  }

  /** The steps on the results topic now, in order. */
  List<Long> storedSteps() {
    return stored().stream().map(Reading::step).toList();
  }

  @Override
  public void close() {
    stream.close();
    publisher.close();
    vertx.close().await();
  }

  /** Remembers what was counted. */
  static final class Counted implements IngestMeter, PipelineMeter {

    final List<SnapshotResult> results = new CopyOnWriteArrayList<>();
    final AtomicInteger failedPredictions = new AtomicInteger();
    final List<DeadLetterReason> deadLetters = new CopyOnWriteArrayList<>();
    volatile Lag lag = new Lag(Long.MAX_VALUE, Duration.ZERO);

    long count(SnapshotResult result) {
      return results.stream().filter(result::equals).count();
    }

    @Override
    public void snapshot(SnapshotResult result) {
      results.add(result);
    }

    @Override
    public void deadLetter(DeadLetterReason reason) {
      deadLetters.add(reason);
    }

    @Override
    public void snapshotBytes(long bytes) {}

    @Override
    public void lag(Lag now) {
      lag = now;
    }

    @Override
    public void stage(Stage stage, Duration duration) {}

    @Override
    public void predictionFailed() {
      failedPredictions.incrementAndGet();
    }

    @Override
    public void queueLength(int snapshots) {}
  }
}
