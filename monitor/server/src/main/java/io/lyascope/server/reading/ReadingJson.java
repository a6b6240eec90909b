package io.lyascope.server.reading;

import io.lyascope.dynamics.WeightUpdate;
import io.lyascope.server.reading.Reading.Kind;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Readings to JSON and back. */
final class ReadingJson {

  private ReadingJson() {}

  static Map<String, Object> fields(Reading reading) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", Reading.TYPE);
    fields.put("kind", reading.kind().label());
    fields.put("digest", reading.digest());
    fields.put("run", reading.run());
    fields.put("attempt", reading.attempt());
    fields.put("step", reading.step());
    fields.put("progress", reading.progress());
    fields.put("time", reading.time());
    fields.put("scalars", reading.scalars());
    fields.put("probe_source", reading.probeSource());
    fields.put("cell", reading.cell());
    reading.architecture().ifPresent(known -> fields.put("architecture", known.toFields()));
    fields.putAll(OutcomeFields.of(reading.outcome()));
    reading.update().ifPresent(update -> fields.put("update", RankJson.fields(update)));
    return fields;
  }

  static Reading read(String json) throws JsonException {
    JsonObject fields = JsonObject.parse(json);
    String type = fields.requiredString("type");
    if (!type.equals(Reading.TYPE)) {
      throw new JsonException("field type is \"" + type + "\", wanted \"" + Reading.TYPE + "\"");
    }
    Optional<JsonObject> scalars = fields.object("scalars");
    return new Reading(
        kind(fields.requiredString("kind")),
        fields.requiredString("run"),
        fields.smallInteger("attempt").orElse(0),
        fields.integer("step").orElseThrow(() -> missing("step")),
        fields.number("progress"),
        scalars.isPresent() ? scalars.get().allNumbers() : Map.of(),
        fields.requiredString("digest"),
        fields.requiredString("cell"),
        architecture(fields),
        fields.time("time").orElseThrow(() -> missing("time")),
        fields.string("probe_source"),
        update(fields),
        outcome(fields));
  }

  private static Optional<Architecture> architecture(JsonObject fields) throws JsonException {
    Optional<JsonObject> architecture = fields.object("architecture");
    return architecture.isPresent()
        ? Optional.of(Architecture.parse(Json.write(architecture.get().fields())))
        : Optional.empty();
  }

  private static Optional<WeightUpdate> update(JsonObject fields) throws JsonException {
    Optional<JsonObject> update = fields.object("update");
    return update.isPresent() ? Optional.of(RankJson.update(update.get())) : Optional.empty();
  }

  private static Kind kind(String label) throws JsonException {
    return switch (label) {
      case "reference" -> Kind.REFERENCE;
      case "live" -> Kind.LIVE;
      default ->
          throw new JsonException(
              "field kind is \"" + label + "\", wanted \"reference\" or \"live\"");
    };
  }

  private static Outcome outcome(JsonObject fields) throws JsonException {
    Optional<JsonObject> error = fields.object("error");
    if (error.isPresent()) {
      return refused(error.get());
    }
    Optional<JsonObject> finiteTime = fields.object("finite_time");
    return finiteTime.isPresent()
        ? FiniteTimeJson.read(fields, finiteTime.get())
        : SpectrumJson.read(fields);
  }

  private static Refused refused(JsonObject error) throws JsonException {
    String label = error.requiredString("kind");
    try {
      return new Refused(
          RefusedException.Kind.ofLabel(label),
          error.requiredString("field"),
          error.requiredString("message"));
    } catch (IllegalArgumentException e) {
      throw new JsonException("field error.kind is \"" + label + "\", which no reader knows");
    }
  }

  static JsonException missing(String field) {
    return new JsonException("field " + field + " is missing");
  }
}
