package io.lyascope.server.pipeline;

import io.lyascope.kafka.SnapshotFile;
import io.lyascope.kafka.SnapshotResult;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.fact.Fact.Origin;
import io.lyascope.server.pipeline.PipelineMeter.Stage;
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

  /** Where reference readings are stored. */
  interface Store {
    /** Done when the reading is safe; failed where it never will be. */
    CompletionStage<Void> append(Reading reading);
  }

  private static final Logger log = LoggerFactory.getLogger(Registrar.class);

  private final Consumer<Fact> facts;
  private final Store store;
  private final PipelineMeter meter;
  private final InstantSource clock;

  Registrar(Consumer<Fact> facts, Store store, PipelineMeter meter, InstantSource clock) {
    this.facts = facts;
    this.store = store;
    this.meter = meter;
    this.clock = clock;
  }

  /** A better estimate of a measurement in progress; it is shown and not stored. */
  void live(Reading reading, SnapshotFile file) {
    publish(reading, file);
  }

  /** What a snapshot came to. */
  void reference(Reading reading, SnapshotFile file) {
    publish(reading, file);
    meter.snapshot(Failures.result(reading.outcome()));
    Instant begin = clock.instant();
    var _ =
        store
            .append(reading)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                // Redelivery would end the same way and hold up everything behind it.
                log.error("{}: its reading cannot be stored", file, failure);
              }
              meter.stage(Stage.STORE, Duration.between(begin, clock.instant()));
              file.done();
            });
  }

  /** Snapshots that get no reading, because newer ones of their run do. */
  void superseded(List<Arrival> arrivals) {
    for (Arrival arrival : arrivals) {
      meter.snapshot(SnapshotResult.SUPERSEDED);
      arrival.file().done();
    }
  }

  private void publish(Reading reading, SnapshotFile file) {
    facts.accept(new Fact.ReadingMade(reading, Origin.NEW, Optional.of(file.published())));
  }
}
