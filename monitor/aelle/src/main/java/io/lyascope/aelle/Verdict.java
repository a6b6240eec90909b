package io.lyascope.aelle;

/** What is recommended, and why. A verdict stops nothing by itself. */
public sealed interface Verdict {

  /** One sentence for people. */
  String reason();

  /** The name on the wire. */
  default String kind() {
    return switch (this) {
      case Promising _ -> "promising";
      case Doomed _ -> "doomed";
      case Undecided _ -> "undecided";
      case OutOfDistribution _ -> "out_of_distribution";
      case NotPredictable _ -> "not_predictable";
    };
  }

  /** A good end is likely. */
  record Promising(String reason) implements Verdict {}

  /** A good end is so unlikely that stopping is recommended. */
  record Doomed(String reason) implements Verdict {}

  /** Neither can be said yet. */
  record Undecided(String reason) implements Verdict {}

  /** The spectrum is unlike all that the predictor was trained on. */
  record OutOfDistribution(String reason) implements Verdict {}

  /** The predictor cannot be asked about this. */
  record NotPredictable(String reason) implements Verdict {}
}
