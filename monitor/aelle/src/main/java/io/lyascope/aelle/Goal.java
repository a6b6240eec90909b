package io.lyascope.aelle;

import io.lyascope.snapshot.RefusedException;

/** Which outcome of a run is better. */
public enum Goal {
  MINIMIZE,
  MAXIMIZE;

  static Goal ofLabel(String label) {
    return switch (label) {
      case "minimize" -> MINIMIZE;
      case "maximize" -> MAXIMIZE;
      default ->
          throw new RefusedException(
              RefusedException.Kind.UNSUPPORTED,
              "goal",
              "corpus field goal is \"" + label + "\", wanted \"minimize\" or \"maximize\"");
    };
  }

  String label() {
    return this == MINIMIZE ? "minimize" : "maximize";
  }

  /** The outcome as a badness: the larger, the worse; NaN, the worst, is infinite. */
  double badness(double outcome) {
    if (Double.isNaN(outcome)) {
      return Double.POSITIVE_INFINITY;
    }
    return this == MINIMIZE ? outcome : -outcome;
  }

  /** The outcome with this badness. */
  double outcome(double badness) {
    return this == MINIMIZE ? badness : -badness;
  }
}
