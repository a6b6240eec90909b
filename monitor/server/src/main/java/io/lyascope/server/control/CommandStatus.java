package io.lyascope.server.control;

import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.RunCommand;
import java.util.Map;
import java.util.Optional;

/**
 * A command and what became of it by now.
 *
 * @param answer the answer that got furthest
 */
public record CommandStatus(RunCommand command, CommandState state, Optional<CommandAck> answer) {

  private static final int LONGEST = 500;

  /** The fields on the wire: the command's own, its state, and what the process said last. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = command.toFields();
    fields.put("reason", command.reason().map(CommandStatus::shortened));
    fields.put("by", command.by().map(CommandStatus::shortened));
    fields.put("state", state.label());
    fields.put("answer", answer.flatMap(CommandAck::reason).map(CommandStatus::shortened));
    fields.put("answered", answer.flatMap(CommandAck::issued));
    return fields;
  }

  /** Whoever can write to the control topic can write a megabyte. */
  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
