package io.lyascope.server.corpus;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.RunDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A run whose training came to its end: by itself, or in NaN.
 *
 * @param outcome the final value of the metric
 */
record FinishedRun(RunDocument document, double outcome) {

  /** These two of a run's configuration say how it belongs to others, not how it trained. */
  private static final Set<String> KINSHIP = Set.of("group", "repeat_of");

  /**
   * The finished run of a document; none if it has no outcome. One that was stopped or crashed has
   * none either, whatever it had reached: only a training that failed in NaN is at its end.
   */
  static Optional<FinishedRun> of(RunDocument document, String metric) {
    OptionalDouble outcome;
    try {
      outcome = new JsonObject(document.outcome()).number(metric);
    } catch (JsonException e) {
      return Optional.empty();
    }
    if (outcome.isEmpty()) {
      return Optional.empty();
    }
    double value = outcome.getAsDouble();
    boolean over =
        switch (document.state().orElse("")) {
          case "finished", "completed", "done" -> true;
          case "failed" -> !Double.isFinite(value);
          default -> false;
        };
    return over ? Optional.of(new FinishedRun(document, value)) : Optional.empty();
  }

  CorpusRun with(List<Stage> stages) {
    Map<String, Object> config = new LinkedHashMap<>(document.config());
    config.keySet().removeAll(KINSHIP);
    return new CorpusRun(
        document.run(),
        kin("group").or(() -> kin("repeat_of")).orElse(document.run()),
        document.architecture().map(Architecture::toFields).orElse(Map.of()),
        config,
        stages,
        outcome,
        kin("repeat_of"));
  }

  /** How far a step is in the planned training, where the run said how long that is. */
  OptionalDouble progress(long step) {
    return document.totalSteps().isPresent() && document.totalSteps().getAsLong() > 0
        ? OptionalDouble.of((double) step / document.totalSteps().getAsLong())
        : OptionalDouble.empty();
  }

  private Optional<String> kin(String field) {
    return document.config().get(field) instanceof String name
        ? Optional.of(name)
        : Optional.empty();
  }
}
