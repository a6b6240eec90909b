package io.lyascope.server.prediction;

import io.lyascope.aelle.Predictor;
import io.lyascope.aelle.Predictors;
import io.lyascope.aelle.WhatIf;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RunDocument;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the predictor that a run's configuration names, or else one of its task that knows such. */
public record LoadedPredictors(Predictors predictors) implements Forecaster {

  @Override
  public Optional<Forecast> forecast(Reading reading, Optional<RunDocument> run) {
    return reading.kind() == Reading.Kind.REFERENCE
        ? forecast(Subject.of(reading, run))
        : Optional.empty();
  }

  /** The same of anything that was measured. */
  public Optional<Forecast> forecast(Subject subject) {
    if (predictors.all().isEmpty() || !subject.isComplete()) {
      return Optional.empty();
    }
    return pick(subject)
        .map(predictor -> Forecast.of(predictor.predict(subject.evidence())))
        .or(() -> Optional.of(Forecast.none(subject.knownProgress(), nobody(subject))));
  }

  /**
   * The spectrum that another final loss would need, by the predictor that judges the run.
   *
   * @throws RefusedException if nobody can say
   */
  public WhatIf whatIf(Subject subject, double loss) {
    Predictor predictor =
        pick(subject)
            .orElseThrow(() ->
                new RefusedException(RefusedException.Kind.UNSUPPORTED, "task", nobody(subject)));
    return predictor.whatIf(subject.evidence(), loss);
  }

  private Optional<Predictor> pick(Subject subject) {
    return predictors.of(task(subject), config(subject)).pick(subject.evidence());
  }

  private static Optional<String> task(Subject subject) {
    return subject.run().flatMap(RunDocument::task);
  }

  private static Map<String, Object> config(Subject subject) {
    return subject.run().map(RunDocument::config).orElse(Map.of());
  }

  private String nobody(Subject subject) {
    String reason =
        config(subject).get(Predictors.CONFIG_KEY) instanceof String wanted
            ? "the run asks for predictor " + wanted + ", which is not loaded"
            : task(subject)
                .map(named -> "no predictor of task " + named + " is loaded")
                .orElse("the run names no task");
    String loaded =
        predictors.all().stream()
            .map(predictor -> predictor.name() + " (task " + predictor.task() + ")")
            .collect(Collectors.joining(", "));
    return reason + "; loaded: " + loaded;
  }
}
