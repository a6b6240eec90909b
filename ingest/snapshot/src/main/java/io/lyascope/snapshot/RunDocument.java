package io.lyascope.snapshot;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything that a training process says of its run, whole each time.
 *
 * @param run the run's id
 * @param state what the process says of itself, for example {@code running} or {@code finished}
 * @param config hyper-parameters as the user named them
 * @param outcome final values, once there are any
 */
public record RunDocument(
    String run,
    Optional<String> project,
    Optional<String> name,
    int attempt,
    Optional<String> state,
    Map<String, Object> config,
    Optional<Architecture> architecture,
    Optional<String> task,
    OptionalLong totalSteps,
    Optional<Instant> started,
    Optional<Instant> finished,
    Map<String, Object> outcome,
    Map<String, Object> client) {

  /** Reads the JSON of a {@code run} document. */
  public static RunDocument parse(String json) throws JsonException {
    return of(JsonObject.parse(json));
  }

  private static RunDocument of(JsonObject json) throws JsonException {
    DocumentType.RUN.require(json);
    Optional<JsonObject> architecture = json.object("architecture");
    return new RunDocument(
        json.requiredString("run"),
        json.string("project"),
        json.string("name"),
        json.smallInteger("attempt").orElse(0),
        json.string("state"),
        fields(json, "config"),
        architecture.isPresent()
            ? Optional.of(Architecture.of(architecture.get()))
            : Optional.empty(),
        json.string("task"),
        json.integer("total_steps"),
        json.time("started"),
        json.time("finished"),
        fields(json, "outcome"),
        fields(json, "client"));
  }

  private static Map<String, Object> fields(JsonObject json, String field) throws JsonException {
    return json.object(field).map(JsonObject::fields).orElse(Map.of());
  }

  /** The fields of the wire format, in its order. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", DocumentType.RUN.label());
    fields.put("run", run);
    fields.put("project", project);
    fields.put("name", name);
    fields.put("attempt", attempt);
    fields.put("state", state);
    fields.put("config", config);
    fields.put("architecture", architecture.map(Architecture::toFields));
    fields.put("task", task);
    fields.put("total_steps", totalSteps);
    fields.put("started", started);
    fields.put("finished", finished);
    fields.put("outcome", outcome);
    fields.put("client", client);
    return fields;
  }

  /** The JSON of the wire format. */
  public String toJson() {
    return Json.write(toFields());
  }
}
