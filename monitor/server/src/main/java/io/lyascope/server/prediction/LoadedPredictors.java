package io.lyascope.server.prediction;

import io.lyascope.aelle.Predictors;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.RunDocument;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the predictor that a run's configuration names, or else that of its task. */
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
    Optional<String> task = subject.run().flatMap(RunDocument::task);
    Map<String, Object> config = subject.run().map(RunDocument::config).orElse(Map.of());
    return predictors
        .pick(task, config)
        .map(predictor -> Forecast.of(predictor.predict(subject.evidence())))
        .or(() -> Optional.of(Forecast.none(subject.knownProgress(), nobody(task, config))));
  }

  private String nobody(Optional<String> task, Map<String, Object> config) {
    String reason =
        config.get(Predictors.CONFIG_KEY) instanceof String wanted
            ? "the run asks for predictor " + wanted + ", which is not loaded"
            : task.map(named -> "no predictor of task " + named + " is loaded")
                .orElse("the run names no task");
    String loaded =
        predictors.all().stream()
            .map(predictor -> predictor.name() + " (task " + predictor.task() + ")")
            .collect(Collectors.joining(", "));
    return reason + "; loaded: " + loaded;
  }
}
