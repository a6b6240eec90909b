package io.lyascope.server.pipeline;

import io.lyascope.kafka.SnapshotFile;
import io.lyascope.kafka.SnapshotResult;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.fact.Fact.Origin;
import io.lyascope.server.pipeline.PipelineMeter.Stage;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets readings out: to everybody in the house at once, and to the results topic. Only what is
 * stored there finishes the delivery that it came from.
 */
final class Registrar {

  /** Where results are stored, those of one run in the order in which they come. */
  interface Store {
    /** Done when the reading is safe; failed where it never will be. */
    CompletionStage<Void> append(Reading reading);

    /** The same of a prediction. */
    CompletionStage<Void> append(PredictionDocument prediction);
  }

  private static final Logger log = LoggerFactory.getLogger(Registrar.class);

  private final Consumer<Fact> facts;
  private final Mailroom mailroom;
  private final Store store;
  private final Predictions predictions;
  private final PipelineMeter meter;
  private final InstantSource clock;

  Registrar(
      Consumer<Fact> facts,
      Mailroom mailroom,
      Store store,
      Predictions predictions,
      PipelineMeter meter,
      InstantSource clock) {
    this.facts = facts;
    this.mailroom = mailroom;
    this.store = store;
    this.predictions = predictions;
    this.meter = meter;
    this.clock = clock;
  }

  /** A better estimate of a measurement in progress; it is shown and not stored. */
  void live(Reading reading, SnapshotFile file) {
    publish(reading, file);
  }

  /** What a snapshot came to, and what that foretells. */
  void reference(Reading reading, Claims claims) {
    SnapshotFile file = claims.first();
    publish(reading, file);
    meter.snapshot(Failures.result(reading.outcome()));
    Optional<PredictionDocument> prediction = predictions.of(reading);
    prediction.ifPresent(this::publish);
    Instant begin = clock.instant();
    CompletionStage<Void> read = store.append(reading);
    CompletionStage<Void> foretold = prediction.map(this::keep).orElse(read);
    var _ =
        read.thenCombine(foretold, (_, _) -> claims)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                // Redelivery would end the same way and hold up everything behind it.
                log.error("{}: its reading cannot be stored", file, failure);
              }
              meter.stage(Stage.STORE, Duration.between(begin, clock.instant()));
              mailroom.stored(claims, Failures.settlement(reading.outcome()));
            });
  }

  /** The newest reading of a run foretells something else than before, where it does. */
  Optional<PredictionDocument> reconsidered(String run) {
    Optional<PredictionDocument> prediction = predictions.again(run);
    prediction.ifPresent(this::publish);
    prediction.ifPresent(this::keep);
    return prediction;
  }

  /** A prediction that cannot be stored is made again after a restart; its reading goes on. */
  private CompletionStage<Void> keep(PredictionDocument prediction) {
    return store
        .append(prediction)
        .exceptionally(failure -> {
          log.error(
              "{}, step {}: its prediction cannot be stored",
              prediction.run(),
              prediction.step(),
              failure);
          return null;
        });
  }

  private void publish(PredictionDocument prediction) {
    facts.accept(new Fact.PredictionMade(prediction, Origin.NEW));
  }

  /** Snapshots that get no reading, because newer ones of their run do. */
  void superseded(List<Arrival> arrivals) {
    for (Arrival arrival : arrivals) {
      meter.snapshot(SnapshotResult.SUPERSEDED);
      arrival.claims().done();
    }
  }

  private void publish(Reading reading, SnapshotFile file) {
    facts.accept(new Fact.ReadingMade(reading, Origin.NEW, Optional.of(file.published())));
  }
}
