package io.lyascope.server.metrics;

import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.server.prediction.Forecast;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.prediction.PredictorName;
import io.lyascope.server.prediction.Verdicts;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.runs.Run;
import io.lyascope.server.runs.RunState;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RunDocument;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a run exports at this moment. What is not known is left out: once a snapshot is refused, the
 * exponents of an older one would be a lie.
 */
final class RunSamples {

  private final List<Sample> samples = new ArrayList<>();

  private RunSamples() {}

  static List<Sample> of(Run run) {
    RunSamples samples = new RunSamples();
    samples.identity(run);
    samples.training(run);
    run.latest().ifPresent(samples::reading);
    run.prediction().map(PredictionDocument::forecast).ifPresent(samples::forecast);
    return samples.samples;
  }

  private void identity(Run run) {
    Tags info =
        Tags.of(
            "project", run.document().flatMap(RunDocument::project).orElse(""),
            "name", run.document().flatMap(RunDocument::name).orElse(""),
            "cell", run.architecture().map(Architecture::cell).orElse(""),
            "hidden", run.architecture().map(a -> String.valueOf(a.hiddenSize())).orElse(""),
            "predictor", predictor(run));
    samples.add(new Sample(RunMetric.INFO, info, 1));
    for (RunState state : RunState.values()) {
      double here = state == run.state() ? 1 : 0;
      samples.add(new Sample(RunMetric.STATE, Tags.of("state", state.label()), here));
    }
  }

  private static String predictor(Run run) {
    return run.prediction()
        .flatMap(prediction -> prediction.forecast().predictor())
        .map(PredictorName::name)
        .orElse("");
  }

  private void forecast(Forecast forecast) {
    for (String kind : Verdicts.KINDS) {
      double stands = kind.equals(forecast.verdict().kind()) ? 1 : 0;
      add(RunMetric.VERDICT, "verdict", kind, stands);
    }
    forecast.position().ifPresent(position -> add(RunMetric.LATENT_DISTANCE, position.distance()));
    forecast
        .outlook()
        .ifPresent(outlook -> {
          add(RunMetric.PREDICTED_LOSS, outlook.loss());
          add(RunMetric.SUCCESS_PROBABILITY, outlook.probability());
          add(RunMetric.BASELINE_PROBABILITY, "baseline", "base_rate", outlook.baseRate());
          outlook
              .baselines()
              .forEach((name, probability) ->
                  add(RunMetric.BASELINE_PROBABILITY, "baseline", name, probability));
        });
  }

  private void training(Run run) {
    if (run.step() >= 0) {
      add(RunMetric.STEP, (double) run.step());
    }
    add(RunMetric.PROGRESS, run.progress());
    run.lastSnapshot().ifPresent(at -> add(RunMetric.LAST_SNAPSHOT, seconds(at)));
    add(RunMetric.TRAINING_LOSS, run.trainingLoss());
    add(RunMetric.VALIDATION_LOSS, run.validationLoss());
  }

  private void reading(Reading reading) {
    reading
        .update()
        .map(update -> update.ranks().together().participationRatio())
        .ifPresent(ratio -> add(RunMetric.UPDATE_PARTICIPATION_RATIO, ratio));
    switch (reading.outcome()) {
      case Reading.Measured(var spectrum, _, _) -> {
        add(RunMetric.NONFINITE, 0);
        statistics(spectrum);
        distribution(spectrum.exponents());
      }
      case Reading.Layered(var exponents, _, _) -> {
        add(RunMetric.NONFINITE, 0);
        overInputs(exponents);
      }
      case Reading.Refused refused ->
          add(
              RunMetric.NONFINITE,
              refused.kind() == RefusedException.Kind.NONFINITE_WEIGHTS ? 1 : 0);
    }
  }

  private void statistics(LyapunovSpectrum spectrum) {
    add(RunMetric.EXPONENT_MAX, spectrum.max());
    add(RunMetric.EXPONENT_MEAN, spectrum.mean());
    add(RunMetric.EXPONENT_MIN, spectrum.min());
    spectrum
        .standardError()
        .filter(errors -> !errors.isEmpty())
        .ifPresent(errors -> add(RunMetric.EXPONENT_STANDARD_ERROR, errors.get(0)));
    add(RunMetric.EXPONENTS_POSITIVE, spectrum.positive());
    add(RunMetric.EXPONENTS_NEAR_ZERO, spectrum.nearZero());
    add(RunMetric.EXPONENTS_DEAD, spectrum.dead());
    add(RunMetric.KAPLAN_YORKE, spectrum.kaplanYorkeDimension());
    add(RunMetric.ENTROPY_RATE, spectrum.entropyRate());
    if (spectrum.max() < 0) {
      add(RunMetric.MEMORY_HORIZON, -1 / spectrum.max());
    }
    add(RunMetric.PARTICIPATION_RATIO, spectrum.leadingVectorParticipationRatio());
    add(RunMetric.PCA_DIMENSION, spectrum.pcaDimension());
  }

  /** One exponent an input where a spectrum has one a direction. */
  private void overInputs(FiniteTimeExponents exponents) {
    add(RunMetric.EXPONENT_MAX, exponents.max());
    add(RunMetric.EXPONENT_MEAN, exponents.mean());
    add(RunMetric.EXPONENT_MIN, exponents.min());
    add(RunMetric.RIDGE_CONTRAST, exponents.contrast());
    distribution(exponents.perInput().stream().sorted(Comparator.reverseOrder()).toList());
  }

  private void distribution(List<Double> descending) {
    Spread.quantiles(descending)
        .forEach(
            (quantile, value) -> add(RunMetric.EXPONENT_QUANTILE, "quantile", quantile, value));
    Spread.cumulative(descending)
        .forEach((edge, count) -> add(RunMetric.EXPONENTS, "le", edge, count));
  }

  private void add(RunMetric metric, String label, String labelValue, double value) {
    samples.add(new Sample(metric, Tags.of(label, labelValue), value));
  }

  private void add(RunMetric metric, double value) {
    samples.add(Sample.of(metric, value));
  }

  private void add(RunMetric metric, OptionalDouble value) {
    value.ifPresent(v -> add(metric, v));
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }
}
