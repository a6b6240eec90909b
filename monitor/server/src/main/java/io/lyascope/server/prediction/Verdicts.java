package io.lyascope.server.prediction;

import io.lyascope.aelle.Verdict;
import io.lyascope.snapshot.JsonException;
import java.util.List;

/** Verdicts by their names on the wire, which are the metric's labels too. */
public final class Verdicts {

  /** All that there are. */
  public static final List<String> KINDS =
      List.of("promising", "doomed", "undecided", "out_of_distribution", "not_predictable");

  private Verdicts() {}

  static Verdict of(String kind, String reason) throws JsonException {
    return switch (kind) {
      case "promising" -> new Verdict.Promising(reason);
      case "doomed" -> new Verdict.Doomed(reason);
      case "undecided" -> new Verdict.Undecided(reason);
      case "out_of_distribution" -> new Verdict.OutOfDistribution(reason);
      case "not_predictable" -> new Verdict.NotPredictable(reason);
      default ->
          throw new JsonException("field verdict.kind is \"" + kind + "\", which no reader knows");
    };
  }
}
