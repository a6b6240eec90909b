package io.lyascope.aelle;

import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all runs of a corpus have in common: {@code corpus.json}.
 *
 * @param protocol how their spectra were measured
 * @param metric the name of the outcome
 * @param goal what is good
 * @param card how it was made
 */
public record CorpusHeader(
    String task, Protocol protocol, String metric, Goal goal, Map<String, Object> card) {

  private static final String FORMAT = "corpus/1";

  /** The fields of the file, in its order. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", FORMAT);
    fields.put("task", task);
    fields.put("protocol", protocol.toFields());
    fields.put("metric", metric);
    fields.put("goal", goal.label());
    fields.put("card", card);
    return fields;
  }

  /**
   * Reads them back.
   *
   * @throws RefusedException if they are of another format or goal
   * @throws JsonException if one is missing or of another type
   */
  public static CorpusHeader of(JsonObject fields) throws JsonException {
    String format = fields.requiredString("format");
    if (!format.equals(FORMAT)) {
      throw new RefusedException(
          RefusedException.Kind.MALFORMED,
          "format",
          "corpus field format is \"%s\", wanted %s".formatted(format, FORMAT));
    }
    Map<String, Object> protocol =
        fields.object("protocol").map(JsonObject::fields).orElse(Map.of());
    return new CorpusHeader(
        fields.requiredString("task"),
        Protocol.DEFAULT.with(ProtocolPatch.parse(Json.write(protocol))),
        fields.string("metric").orElse("val_loss"),
        Goal.required(fields.string("goal").orElse(Goal.MINIMIZE.label())),
        fields.object("card").map(JsonObject::fields).orElse(Map.of()));
  }
}
