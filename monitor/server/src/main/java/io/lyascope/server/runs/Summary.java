package io.lyascope.server.runs;

import io.lyascope.aelle.Prediction.Outlook;
import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.server.prediction.Forecast;
import io.lyascope.server.prediction.PredictorName;
import io.lyascope.server.reading.OutcomeFields;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RunDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A run on one line: the latest value of everything, and two small curves. */
final class Summary {

  private static final int SPARKLINE = 40;

  private Summary() {}

  static Map<String, Object> of(Run run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    identity(run, fields);
    training(run, fields);
    spectrum(run.latest().flatMap(Reading::spectrum), fields);
    run.latest().flatMap(Reading::finiteTime).ifPresent(found -> finiteTime(found, fields));
    run.prediction().ifPresent(prediction -> forecast(prediction.forecast(), fields));
    fields.put("probe_source", run.probeSource());
    fields.put("error", run.latest().flatMap(Summary::error));
    fields.put("readings", run.readings());
    fields.put("sparkline", run.sparkline(SPARKLINE));
    fields.put("loss_sparkline", run.lossSparkline(SPARKLINE));
    return fields;
  }

  private static void identity(Run run, Map<String, Object> fields) {
    Optional<RunDocument> document = run.document();
    Optional<Architecture> architecture = run.architecture();
    fields.put("run", run.id());
    fields.put("project", document.flatMap(RunDocument::project));
    fields.put("name", document.flatMap(RunDocument::name));
    fields.put("attempt", run.attempt());
    fields.put("state", run.state().label());
    fields.put("cell", architecture.map(Architecture::cell));
    fields.put("hidden_size", architecture.map(Architecture::hiddenSize).filter(size -> size > 0));
    fields.put("num_layers", architecture.map(Architecture::layers));
    fields.put("task", document.flatMap(RunDocument::task));
  }

  private static void training(Run run, Map<String, Object> fields) {
    Optional<RunDocument> document = run.document();
    fields.put("total_steps", document.map(RunDocument::totalSteps).orElse(null));
    fields.put("step", run.step() < 0 ? null : run.step());
    fields.put("progress", run.progress());
    fields.put("started", document.flatMap(RunDocument::started));
    fields.put("finished", document.flatMap(RunDocument::finished));
    fields.put("last_seen", run.lastSeen());
    fields.put("last_snapshot", run.lastSnapshot());
    fields.put("train_loss", run.trainingLoss());
    fields.put("val_loss", run.validationLoss());
  }

  private static void spectrum(Optional<LyapunovSpectrum> latest, Map<String, Object> fields) {
    fields.put("exponent_max", latest.map(LyapunovSpectrum::max));
    fields.put("exponent_max_error", latest.flatMap(Summary::maxError));
    fields.put("exponent_mean", latest.map(LyapunovSpectrum::mean));
    fields.put("exponent_min", latest.map(LyapunovSpectrum::min));
    fields.put("positive", latest.map(LyapunovSpectrum::positive));
    fields.put("near_zero", latest.map(LyapunovSpectrum::nearZero));
    fields.put("dead", latest.map(LyapunovSpectrum::dead));
    fields.put("resolved", latest.map(LyapunovSpectrum::resolved));
    fields.put("kaplan_yorke_dimension", dimension(latest));
    fields.put("entropy_rate", latest.map(LyapunovSpectrum::entropyRate));
    fields.put("converged", latest.map(LyapunovSpectrum::converged));
  }

  /** Over the inputs of a feed-forward network: mean and spread say more than the extremes. */
  private static void finiteTime(FiniteTimeExponents exponents, Map<String, Object> fields) {
    fields.put("exponent_max", exponents.max());
    fields.put("exponent_mean", exponents.mean());
    fields.put("exponent_min", exponents.min());
    fields.put("exponent_deviation", exponents.standardDeviation());
    fields.put("contrast", exponents.contrast());
  }

  private static void forecast(Forecast forecast, Map<String, Object> fields) {
    fields.put("predictor", forecast.predictor().map(PredictorName::name));
    fields.put("verdict", forecast.verdict().kind());
    fields.put("verdict_reason", forecast.verdict().reason());
    fields.put("predicted_loss", forecast.outlook().map(Outlook::loss));
    fields.put("success_probability", forecast.outlook().map(Outlook::probability));
  }

  private static OptionalDouble dimension(Optional<LyapunovSpectrum> latest) {
    return latest.map(LyapunovSpectrum::kaplanYorkeDimension).orElse(OptionalDouble.empty());
  }

  private static Optional<Double> maxError(LyapunovSpectrum spectrum) {
    return spectrum
        .standardError()
        .filter(errors -> !errors.isEmpty())
        .map(errors -> errors.get(0));
  }

  private static Optional<Map<String, Object>> error(Reading reading) {
    return reading.outcome() instanceof Reading.Refused refused
        ? Optional.of(OutcomeFields.error(refused))
        : Optional.empty();
  }
}
