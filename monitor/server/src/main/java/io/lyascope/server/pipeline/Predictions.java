package io.lyascope.server.pipeline;

import io.lyascope.server.pipeline.PipelineMeter.Stage;
import io.lyascope.server.prediction.Forecast;
import io.lyascope.server.prediction.Forecaster;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.RunDocument;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a prediction of every reference reading, and another one where what a run says of itself
 * changes afterwards: topics have no order between them, so a reading may come before the document
 * that names its task. Whatever goes wrong is said in the prediction; nothing is thrown.
 */
final class Predictions {

  private static final Logger log = LoggerFactory.getLogger(Predictions.class);

  /** Runs of which document and newest reading are kept; the page keeps no more either. */
  private static final int RUNS = 1000;

  private final Forecaster forecaster;
  private final PipelineMeter meter;
  private final InstantSource clock;

  /** In the order of their last use. */
  private final Map<String, Known> runs =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > RUNS;
        }
      };

  /**
   * What is known of a run.
   *
   * @param latest the reading that the newest prediction is to be of
   * @param forecast what was last foretold from it
   */
  private record Known(
      Optional<RunDocument> document, Optional<Reading> latest, Optional<Forecast> forecast) {

    static final Known NOTHING = new Known(Optional.empty(), Optional.empty(), Optional.empty());

    Known with(RunDocument declared) {
      return new Known(Optional.of(declared), latest, forecast);
    }

    Known with(Reading reading, Optional<Forecast> foretold) {
      return new Known(document, Optional.of(reading), foretold);
    }

    boolean isPast(Reading reading) {
      return latest
          .filter(known ->
              known.attempt() != reading.attempt()
                  ? known.attempt() > reading.attempt()
                  : known.step() > reading.step())
          .isPresent();
    }
  }

  Predictions(Forecaster forecaster, PipelineMeter meter, InstantSource clock) {
    this.forecaster = forecaster;
    this.meter = meter;
    this.clock = clock;
  }

  /** What a new reference reading foretells. */
  Optional<PredictionDocument> of(Reading reading) {
    Optional<RunDocument> document = known(reading.run()).document();
    Optional<Forecast> forecast = forecast(reading, document);
    keep(reading, forecast);
    return forecast.map(found -> PredictionDocument.of(reading, found, clock.instant()));
  }

  /** Takes note of a reading of an earlier life. */
  void restored(Reading reading) {
    if (reading.kind() == Reading.Kind.REFERENCE) {
      keep(reading, Optional.empty());
    }
  }

  /** Takes note of what was foretold in an earlier life, after the reading that it is of. */
  synchronized void restored(PredictionDocument prediction) {
    Known known = known(prediction.run());
    known
        .latest()
        .filter(latest ->
            latest.attempt() == prediction.attempt() && latest.step() == prediction.step())
        .ifPresent(latest ->
            runs.put(prediction.run(), known.with(latest, Optional.of(prediction.forecast()))));
  }

  /** Takes note of what a run says of itself. */
  synchronized void declared(RunDocument document) {
    runs.put(document.run(), known(document.run()).with(document));
  }

  /**
   * Looks at a run's newest reading again.
   *
   * @return what it foretells, where that is something else than it did before
   */
  Optional<PredictionDocument> again(String run) {
    Known known = known(run);
    if (known.latest().isEmpty()) {
      return Optional.empty();
    }
    Reading reading = known.latest().get();
    Optional<Forecast> forecast = forecast(reading, known.document());
    if (forecast.isEmpty() || forecast.equals(known.forecast())) {
      return Optional.empty();
    }
    keep(reading, forecast);
    return forecast.map(found -> PredictionDocument.of(reading, found, clock.instant()));
  }

  private synchronized Known known(String run) {
    return runs.getOrDefault(run, Known.NOTHING);
  }

  private synchronized void keep(Reading reading, Optional<Forecast> forecast) {
    Known known = known(reading.run());
    if (!known.isPast(reading)) {
      runs.put(reading.run(), known.with(reading, forecast));
    }
  }

  private Optional<Forecast> forecast(Reading reading, Optional<RunDocument> document) {
    Instant begin = clock.instant();
    try {
      Optional<Forecast> forecast = forecaster.forecast(reading, document);
      forecast.ifPresent(_ -> meter.stage(Stage.PREDICT, Duration.between(begin, clock.instant())));
      return forecast;
    } catch (RuntimeException | Error e) {
      log.error("{}, step {}: the prediction failed", reading.run(), reading.step(), e);
      meter.predictionFailed();
      return Optional.of(Forecast.none(reading.progress(), "the prediction failed: " + e));
    }
  }
}
