package io.lyascope.server.corpus;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A finished run with its spectra: a line of {@code runs.jsonl}.
 *
 * @param group what must not be split between training and test; the run itself by default
 * @param architecture as the run declared it
 * @param config hyper-parameters as the user named them
 * @param stages by step
 * @param outcome the final value of the corpus's metric; NaN where the training ended so
 * @param repeatOf the run that started from the same initial weights
 */
record CorpusRun(
    String run,
    String group,
    Map<String, Object> architecture,
    Map<String, Object> config,
    List<Stage> stages,
    double outcome,
    Optional<String> repeatOf) {

  Map<String, Object> toFields(String metric) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", run);
    fields.put("group", group);
    fields.put("architecture", architecture);
    fields.put("config", config);
    fields.put("stages", stages.stream().map(Stage::toFields).toList());
    fields.put("outcome", Map.of(metric, outcome));
    repeatOf.ifPresent(name -> fields.put("repeat_of", name));
    return fields;
  }

  static CorpusRun of(JsonObject fields, String metric) throws JsonException {
    String run = fields.requiredString("run");
    List<Stage> stages = new ArrayList<>();
    for (JsonObject stage : fields.objects("stages")) {
      stages.add(Stage.of(stage));
    }
    JsonObject outcome = fields.object("outcome").orElse(new JsonObject(Map.of()));
    return new CorpusRun(
        run,
        fields.string("group").orElse(run),
        fields.object("architecture").map(JsonObject::fields).orElse(Map.of()),
        fields.object("config").map(JsonObject::fields).orElse(Map.of()),
        stages,
        outcome
            .number(metric)
            .orElseThrow(() -> new JsonException("field outcome." + metric + " is missing")),
        fields.string("repeat_of"));
  }

  /**
   * Whether the other one is the same training under another name; a second training of the same
   * network is none, even if it began alike and ended in NaN as well.
   */
  boolean isCopyOf(CorpusRun other) {
    return !isRepetition(other)
        && Double.compare(outcome, other.outcome) == 0
        && architecture.equals(other.architecture)
        && config.equals(other.config)
        && stages.equals(other.stages);
  }

  private boolean isRepetition(CorpusRun other) {
    return repeatOf.filter(other.run::equals).isPresent()
        || other.repeatOf.filter(run::equals).isPresent()
        || (repeatOf.isPresent() && repeatOf.equals(other.repeatOf));
  }

  CorpusRun withoutRepeatOf() {
    return new CorpusRun(run, group, architecture, config, stages, outcome, Optional.empty());
  }
}
