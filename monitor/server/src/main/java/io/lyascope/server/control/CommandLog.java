package io.lyascope.server.control;

import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.RunCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands of one run, oldest first. Topics have no order: an answer may come first. */
final class CommandLog {

  /** Older ones are forgotten. */
  static final int KEPT = 50;

  private final Map<String, RunCommand> commands = new LinkedHashMap<>();
  private final Map<String, CommandAck> answers = new LinkedHashMap<>();
  private List<CommandStatus> statuses = List.of();

  void add(ControlDocument document) {
    switch (document) {
      case RunCommand command -> commands.putIfAbsent(command.id(), command);
      case CommandAck ack -> answers.merge(ack.id(), ack, CommandLog::further);
    }
    keepNewest(commands);
    keepNewest(answers);
  }

  private static void keepNewest(Map<String, ?> entries) {
    if (entries.size() > KEPT) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  /** What was said last, unless it is older news: nothing comes after the end. */
  private static CommandAck further(CommandAck before, CommandAck now) {
    return switch (before.state()) {
      case STOPPED, REFUSED -> before;
      case RECEIVED, SAVED -> now.state().compareTo(before.state()) >= 0 ? now : before;
    };
  }

  /** Looks at the clock; whether anything is otherwise than the last time. */
  boolean refresh(Instant now) {
    List<CommandStatus> fresh = new ArrayList<>();
    List<RunCommand> later = new ArrayList<>();
    for (RunCommand command : List.copyOf(commands.values()).reversed()) {
      fresh.addFirst(status(command, later, now));
      later.add(command);
    }
    boolean changed = !fresh.equals(statuses);
    statuses = List.copyOf(fresh);
    return changed;
  }

  private CommandStatus status(RunCommand command, List<RunCommand> later, Instant now) {
    Optional<CommandAck> answer = answer(command);
    CommandState state =
        answer.map(ack -> CommandState.of(ack.state())).orElse(CommandState.ISSUED);
    boolean open = state == CommandState.ISSUED || state == CommandState.RECEIVED;
    if (open && command.kind() == RunCommand.Kind.STOP && isTakenBack(command, later)) {
      state = CommandState.WITHDRAWN;
    } else if (state == CommandState.ISSUED && command.isExpired(now)) {
      state = CommandState.EXPIRED;
    }
    return new CommandStatus(command, state, answer);
  }

  /** By a veto that was issued after it; where one of them does not say when, that came later. */
  private boolean isTakenBack(RunCommand stop, List<RunCommand> later) {
    return commands.values().stream()
        .filter(command -> command.kind() == RunCommand.Kind.VETO && !isRefused(command))
        .anyMatch(veto -> stop.precedes(veto) || (later.contains(veto) && !veto.precedes(stop)));
  }

  private boolean isRefused(RunCommand command) {
    return answer(command).filter(ack -> ack.state() == CommandAck.State.REFUSED).isPresent();
  }

  private Optional<CommandAck> answer(RunCommand command) {
    return Optional.ofNullable(answers.get(command.id()));
  }

  /** As of the last look at the clock. */
  List<CommandStatus> statuses() {
    return statuses;
  }
}
