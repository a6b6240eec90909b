package io.lyascope.server.runs;

import java.util.Locale;
import java.util.Optional;

/** What a run is doing, as far as the monitor can tell. */
public enum RunState {
  /** Declared; nothing has come from it yet. */
  WAITING,
  RUNNING,
  /** Signs of life still come, but its step does not advance. */
  STALLED,
  /** No sign of life any more, and it never said that it was over. */
  LOST,
  FINISHED,
  FAILED,
  STOPPED;

  /** The name on the wire. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the run has said itself that it is over. */
  public boolean isOver() {
    return this == FINISHED || this == FAILED || this == STOPPED;
  }

  /** The end that a run document's {@code state} declares, if it declares one. */
  static Optional<RunState> declaredEnd(String state) {
    return switch (state.toLowerCase(Locale.ROOT)) {
      case "finished", "completed", "done" -> Optional.of(FINISHED);
      case "failed", "crashed", "error" -> Optional.of(FAILED);
      case "stopped", "killed", "interrupted", "cancelled" -> Optional.of(STOPPED);
      default -> Optional.empty();
    };
  }
}
