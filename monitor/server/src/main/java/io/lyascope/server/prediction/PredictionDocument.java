package io.lyascope.server.prediction;

import io.lyascope.server.reading.OfStep;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was foretold from the reference reading of one step. A later document of the same step
 * replaces it.
 *
 * @param run the run id
 * @param attempt of the reading
 * @param step of the reading
 * @param time when it was made
 */
public record PredictionDocument(
    String run, int attempt, long step, Instant time, Forecast forecast) implements OfStep {

  /** The value of the field {@code type}. */
  public static final String TYPE = "prediction";

  /** What was foretold from this reading. */
  public static PredictionDocument of(Reading reading, Forecast forecast, Instant time) {
    return new PredictionDocument(reading.run(), reading.attempt(), reading.step(), time, forecast);
  }

  /** The fields of the wire format, in its order. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", TYPE);
    fields.put("run", run);
    fields.put("attempt", attempt);
    fields.put("step", step);
    fields.put("time", time);
    fields.putAll(forecast.toFields());
    return fields;
  }

  /** Compact JSON on one line. */
  public String toJson() {
    return Json.write(toFields());
  }

  /**
   * Reads {@link #toJson()} back.
   *
   * @throws JsonException if it is not JSON or not a prediction
   */
  public static PredictionDocument parse(String json) throws JsonException {
    JsonObject fields = JsonObject.parse(json);
    String type = fields.requiredString("type");
    if (!type.equals(TYPE)) {
      throw new JsonException("field type is \"" + type + "\", wanted \"" + TYPE + "\"");
    }
    return new PredictionDocument(
        fields.requiredString("run"),
        fields.smallInteger("attempt").orElse(0),
        fields.integer("step").orElseThrow(() -> new JsonException("field step is missing")),
        fields.time("time").orElseThrow(() -> new JsonException("field time is missing")),
        ForecastJson.read(fields));
  }
}
