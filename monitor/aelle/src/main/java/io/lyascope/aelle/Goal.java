package io.lyascope.aelle;

import io.lyascope.snapshot.RefusedException;
import java.util.Optional;

/** Which outcome of a run is better. */
public enum Goal {
  MINIMIZE,
  MAXIMIZE;

  /** The goal of this name in a corpus. */
  public static Optional<Goal> ofLabel(String label) {
    return switch (label) {
      case "minimize" -> Optional.of(MINIMIZE);
      case "maximize" -> Optional.of(MAXIMIZE);
      default -> Optional.empty();
    };
  }

  /** The same of a file, which is refused for any other name. */
  static Goal required(String label) {
    return ofLabel(label)
        .orElseThrow(() ->
            new RefusedException(
                RefusedException.Kind.UNSUPPORTED,
                "goal",
                "corpus field goal is \"" + label + "\", wanted \"minimize\" or \"maximize\""));
  }

  /** The name in a corpus. */
  public String label() {
    return this == MINIMIZE ? "minimize" : "maximize";
  }

  /**
   * Whether an outcome is on the good side of a limit. One that is not finite never is: a training
   * that ended in minus infinity has failed as much as one that ended in NaN.
   */
  public boolean isGood(double outcome, double limit) {
    return badness(outcome) < badness(limit);
  }

  /** The outcome as a badness: the larger, the worse; what is not finite is infinitely bad. */
  double badness(double outcome) {
    if (!Double.isFinite(outcome)) {
      return Double.POSITIVE_INFINITY;
    }
    return this == MINIMIZE ? outcome : -outcome;
  }

  /** The outcome with this badness. */
  double outcome(double badness) {
    return this == MINIMIZE ? badness : -badness;
  }
}
