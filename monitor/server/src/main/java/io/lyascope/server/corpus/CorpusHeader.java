package io.lyascope.server.corpus;

import io.lyascope.aelle.Goal;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
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
record CorpusHeader(
    String task, Protocol protocol, String metric, Goal goal, Map<String, Object> card) {

  static final String FORMAT = "corpus/1";

  Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", FORMAT);
    fields.put("task", task);
    fields.put("protocol", protocol.toFields());
    fields.put("metric", metric);
    fields.put("goal", goal.label());
    fields.put("card", card);
    return fields;
  }

  static CorpusHeader of(JsonObject fields) throws JsonException {
    String format = fields.requiredString("format");
    if (!format.equals(FORMAT)) {
      throw new JsonException("field format is \"%s\", wanted \"%s\"".formatted(format, FORMAT));
    }
    Map<String, Object> protocol =
        fields.object("protocol").map(JsonObject::fields).orElse(Map.of());
    String goal = fields.string("goal").orElse(Goal.MINIMIZE.label());
    return new CorpusHeader(
        fields.requiredString("task"),
        Protocol.DEFAULT.with(new ProtocolPatch(protocol)),
        fields.requiredString("metric"),
        Goal.ofLabel(goal).orElseThrow(() -> new JsonException("field goal is \"" + goal + '"')),
        fields.object("card").map(JsonObject::fields).orElse(Map.of()));
  }
}
