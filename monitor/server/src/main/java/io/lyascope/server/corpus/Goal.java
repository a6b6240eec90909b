package io.lyascope.server.corpus;

import java.util.Locale;
import java.util.Optional;

/** Which outcome is the better one. */
public enum Goal {
  MINIMIZE,
  MAXIMIZE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The goal of this name on the wire. */
  public static Optional<Goal> ofLabel(String label) {
    for (Goal goal : values()) {
      if (goal.label().equals(label)) {
        return Optional.of(goal);
      }
    }
    return Optional.empty();
  }
}
