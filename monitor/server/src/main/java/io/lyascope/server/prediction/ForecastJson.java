package io.lyascope.server.prediction;

import io.lyascope.aelle.Goal;
import io.lyascope.aelle.Prediction.Outlook;
import io.lyascope.aelle.Prediction.Position;
import io.lyascope.aelle.Verdict;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Forecasts to JSON and back. */
final class ForecastJson {

  private ForecastJson() {}

  static Map<String, Object> fields(Forecast forecast) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("predictor", forecast.predictor().map(ForecastJson::name));
    fields.put("progress", forecast.progress());
    forecast
        .position()
        .ifPresent(position -> {
          fields.put("latent", position.latent());
          fields.put("map", position.map());
        });
    forecast
        .outlook()
        .ifPresent(outlook -> {
          fields.put("predicted_loss", outlook.loss());
          fields.put("interval", List.of(outlook.low(), outlook.high()));
          fields.put("success_probability", outlook.probability());
          fields.put("threshold_loss", outlook.threshold());
          fields.put("base_rate", outlook.baseRate());
          fields.put("metric", outlook.metric());
          fields.put("goal", outlook.goal().label());
        });
    forecast
        .position()
        .ifPresent(position -> {
          fields.put("distance", position.distance());
          fields.put("reconstruction_error", position.reconstructionError());
        });
    forecast
        .outlook()
        .ifPresent(outlook -> {
          fields.put("baselines", outlook.baselines());
          fields.put("contribution", outlook.contribution());
        });
    fields.put("verdict", verdict(forecast.verdict()));
    return fields;
  }

  private static Map<String, Object> name(PredictorName predictor) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", predictor.name());
    fields.put("digest", predictor.digest());
    return fields;
  }

  private static Map<String, Object> verdict(Verdict verdict) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", verdict.kind());
    fields.put("reason", verdict.reason());
    return fields;
  }

  static Forecast read(JsonObject fields) throws JsonException {
    Optional<JsonObject> predictor = fields.object("predictor");
    JsonObject verdict = fields.object("verdict").orElseThrow(() -> missing("verdict"));
    return new Forecast(
        predictor.isPresent()
            ? Optional.of(
                new PredictorName(
                    predictor.get().requiredString("name"),
                    predictor.get().requiredString("digest")))
            : Optional.empty(),
        fields.number("progress"),
        position(fields),
        outlook(fields),
        Verdicts.of(verdict.requiredString("kind"), verdict.string("reason").orElse("")));
  }

  private static Optional<Position> position(JsonObject fields) throws JsonException {
    if (fields.numbers("latent").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Position(
            numbers(fields, "latent"),
            numbers(fields, "map"),
            number(fields, "distance"),
            number(fields, "reconstruction_error")));
  }

  private static Optional<Outlook> outlook(JsonObject fields) throws JsonException {
    if (fields.number("predicted_loss").isEmpty()) {
      return Optional.empty();
    }
    List<Double> interval = numbers(fields, "interval");
    if (interval.size() != 2) {
      throw new JsonException("field interval has " + interval.size() + " numbers, wanted 2");
    }
    return Optional.of(
        new Outlook(
            number(fields, "predicted_loss"),
            interval.getFirst(),
            interval.getLast(),
            number(fields, "success_probability"),
            number(fields, "threshold_loss"),
            number(fields, "base_rate"),
            fields.string("metric").orElse("val_loss"),
            goal(fields.string("goal").orElse(Goal.MINIMIZE.label())),
            named(fields, "baselines"),
            named(fields, "contribution")));
  }

  private static Goal goal(String label) throws JsonException {
    return Goal.ofLabel(label)
        .orElseThrow(() -> new JsonException("field goal is \"" + label + "\""));
  }

  private static Map<String, Double> named(JsonObject fields, String field) throws JsonException {
    Optional<JsonObject> named = fields.object(field);
    return named.isPresent() ? named.get().allNumbers() : Map.of();
  }

  private static double number(JsonObject fields, String field) throws JsonException {
    return fields.number(field).orElseThrow(() -> missing(field));
  }

  private static List<Double> numbers(JsonObject fields, String field) throws JsonException {
    return DoubleStream.of(fields.numbers(field).orElseThrow(() -> missing(field)))
        .boxed()
        .toList();
  }

  private static JsonException missing(String field) {
    return new JsonException("field " + field + " is missing");
  }
}
