package io.lyascope.snapshot;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers of one step, and the sign that the process is alive.
 *
 * @param run the run's id
 * @param step the optimizer step
 * @param time when the numbers were taken, by the training process's clock
 * @param values by name, possibly not finite, possibly none
 * @param phase what the process was doing
 */
public record ScalarsDocument(
    String run,
    int attempt,
    long step,
    Optional<Instant> time,
    Map<String, Double> values,
    Phase phase) {

  /** What a training process is doing; only in {@code TRAIN} are steps expected to come. */
  public enum Phase {
    TRAIN,
    EVAL,
    SAVE,
    LOAD
  }

  /** Reads the JSON of a {@code scalars} document. */
  public static ScalarsDocument parse(String json) throws JsonException {
    JsonObject fields = JsonObject.parse(json);
    DocumentType.SCALARS.require(fields);
    Optional<JsonObject> values = fields.object("values");
    return new ScalarsDocument(
        fields.requiredString("run"),
        fields.smallInteger("attempt").orElse(0),
        fields.integer("step").orElseThrow(() -> new JsonException("field step is missing")),
        fields.time("time"),
        values.isPresent() ? values.get().allNumbers() : Map.of(),
        phase(fields));
  }

  private static Phase phase(JsonObject fields) throws JsonException {
    String phase = fields.string("phase").orElse("train");
    try {
      return Phase.valueOf(phase.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new JsonException("field phase is \"" + phase + "\", wanted train, eval, save or load");
    }
  }

  /** The JSON of the wire format. */
  public String toJson() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", DocumentType.SCALARS.label());
    fields.put("run", run);
    fields.put("attempt", attempt);
    fields.put("step", step);
    fields.put("time", time);
    fields.put("values", values);
    fields.put("phase", phase.name().toLowerCase(Locale.ROOT));
    return Json.write(fields);
  }
}
