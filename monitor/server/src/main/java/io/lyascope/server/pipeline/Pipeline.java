package io.lyascope.server.pipeline;

import io.lyascope.kafka.Delivery;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.prediction.Forecaster;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.results.ResultsWriter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes deliveries on the consumer's thread, keeps them in mailboxes, measures them on workers, and
 * lets readings out as facts and to the results topic.
 */
public final class Pipeline {

  /**
   * How many measurements one worker has open at most. Each holds its bases in memory; fewer would
   * let a few large networks keep all small ones waiting.
   */
  private static final int OPEN_PER_WORKER = 8;

  /** A thousand runs with probes of 256 KiB. */
  private static final long PROBE_BYTES = 256L << 20;

  private static final Duration HOUSEKEEPING = Duration.ofMillis(500);

  private final Vertx vertx;
  private final PipelineSettings settings;
  private final Mailroom mailroom;
  private final Slicer slicer;
  private final Predictions predictions;
  private final Registrar registrar;
  private final Intake intake;
  private final PipelineMeter meter;
  private final List<String> deployed = new ArrayList<>();

  /** Starts nothing yet. */
  public Pipeline(
      Vertx vertx,
      PipelineSettings settings,
      Forecaster forecaster,
      Consumer<Fact> facts,
      ResultsWriter results,
      PipelineMeter meter) {
    InstantSource clock = InstantSource.system();
    this.vertx = vertx;
    this.settings = settings;
    this.meter = meter;
    this.mailroom =
        new Mailroom(settings.patience(), settings.workers() * OPEN_PER_WORKER, PROBE_BYTES);
    this.slicer = new Slicer(new FlowAnalyzer(settings.protocol()), settings.deadline(), clock);
    this.predictions = new Predictions(forecaster, meter, clock);
    this.registrar = new Registrar(facts, mailroom, store(results), predictions, meter, clock);
    Consumer<Fact> listened = facts.andThen(this::reconsider);
    this.intake = new Intake(settings.limits(), mailroom, registrar, listened, meter, clock);
  }

  private static Registrar.Store store(ResultsWriter results) {
    return new Registrar.Store() {
      @Override
      public CompletionStage<Void> append(Reading reading) {
        return results.append(reading);
      }

      @Override
      public CompletionStage<Void> append(PredictionDocument prediction) {
        return results.append(prediction);
      }
    };
  }

  /** The consumer's thread never computes: what a run's document changes is told by another. */
  private void reconsider(Fact fact) {
    if (fact instanceof Fact.RunDeclared(var document)) {
      predictions.declared(document);
      var _ = vertx.executeBlocking(() -> registrar.reconsidered(document.run()), false);
    }
  }

  /** Deploys the workers. */
  public Future<?> start() {
    List<Future<String>> workers = new ArrayList<>();
    for (int i = 0; i < settings.workers(); i++) {
      var worker = new AnalysisVerticle(mailroom, slicer, registrar, meter);
      workers.add(vertx.deployVerticle(worker, options(settings.workers())));
    }
    workers.add(vertx.deployVerticle(new Housekeeper(), new DeploymentOptions()));
    return Future.all(workers).onSuccess(all -> deployed.addAll(all.list()));
  }

  /** Where deliveries go; never computes and never waits. */
  public Consumer<Delivery> intake() {
    return intake;
  }

  /** Remembers a reading of an earlier life, so that its snapshot is not measured again. */
  public void restore(Reading reading) {
    var key = new SnapshotKey(reading.attempt(), reading.step(), reading.digest());
    Optional<Duration> worked =
        switch (reading.outcome()) {
          case Reading.Measured(_, double seconds, _) -> Optional.of(duration(seconds));
          case Reading.Layered(_, double seconds, _) -> Optional.of(duration(seconds));
          case Reading.Refused _ -> Optional.empty();
        };
    mailroom.restore(reading.run(), key, Failures.settlement(reading.outcome()), worked);
    predictions.restored(reading);
  }

  /** Remembers a prediction of an earlier life, so that it is not made again. */
  public void restore(PredictionDocument prediction) {
    predictions.restored(prediction);
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  /** Lets the slices in progress end and does no more; what is unread stays undone. */
  public Future<?> stop() {
    return Future.all(deployed.stream().map(vertx::undeploy).toList());
  }

  private static DeploymentOptions options(int workers) {
    return new DeploymentOptions()
        .setThreadingModel(ThreadingModel.WORKER)
        .setWorkerPoolName("lyascope-analysis")
        .setWorkerPoolSize(workers)
        .setMaxWorkerExecuteTime(10)
        .setMaxWorkerExecuteTimeUnit(TimeUnit.MINUTES);
  }

  /** What is due by the clock and not by an arrival; of no weight, so an event loop does it. */
  private final class Housekeeper extends VerticleBase {
    @Override
    public Future<?> start() {
      vertx.setPeriodic(
          HOUSEKEEPING.toMillis(),
          _ -> {
            meter.queueLength(mailroom.length());
            intake.expire(settings.probeTimeout());
          });
      return Future.succeededFuture();
    }
  }
}
