package io.lyascope.server.control;

import io.lyascope.snapshot.CommandAck;
import java.util.Locale;

/** What became of a command. */
public enum CommandState {
  /** Nobody has answered yet. */
  ISSUED,
  RECEIVED,
  SAVED,
  STOPPED,
  REFUSED,
  /** Nobody answered in time, and nobody will obey any more. */
  EXPIRED,
  /** A later veto took the stop back. */
  WITHDRAWN;

  /** The name on the wire. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static CommandState of(CommandAck.State answer) {
    return switch (answer) {
      case RECEIVED -> RECEIVED;
      case SAVED -> SAVED;
      case STOPPED -> STOPPED;
      case REFUSED -> REFUSED;
    };
  }
}
