package io.lyascope.server.control;

import io.lyascope.server.fact.Fact;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.RunCommand;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The commands of all runs, as the control topic has them. Apart from the run book, since a command
 * for a run that nobody knows makes no run. Not thread-safe: it belongs to the run book's context.
 */
public final class CommandBook {

  /** Runs whose commands are kept; the one commanded first is forgotten first. */
  private static final int CAPACITY = 1000;

  private final Map<String, CommandLog> logs = new LinkedHashMap<>();
  private final List<Consumer<String>> watchers = new ArrayList<>();
  private final InstantSource clock;

  /** An empty book. */
  public CommandBook(InstantSource clock) {
    this.clock = clock;
  }

  /** Tells of every later change which run it concerns. */
  public void watch(Consumer<String> watcher) {
    watchers.add(watcher);
  }

  /** Takes note of what concerns commands. */
  public void accept(Fact fact) {
    if (fact instanceof Fact.ControlSeen(ControlDocument document)) {
      if (!logs.containsKey(document.run()) && logs.size() >= CAPACITY) {
        logs.remove(logs.keySet().iterator().next());
      }
      CommandLog log = logs.computeIfAbsent(document.run(), _ -> new CommandLog());
      log.add(document);
      refresh(document.run(), log);
    }
  }

  /** Looks at the clock: commands expire by nothing happening. */
  public void tick() {
    logs.forEach(this::refresh);
  }

  private void refresh(String run, CommandLog log) {
    if (log.refresh(clock.instant())) {
      watchers.forEach(watcher -> watcher.accept(run));
    }
  }

  /** All that are kept of a run, oldest first. */
  public List<CommandStatus> of(String run) {
    return Optional.ofNullable(logs.get(run)).map(CommandLog::statuses).orElse(List.of());
  }

  /** Those that the run's process should hear of: not answered, not taken back, not expired. */
  public List<RunCommand> pending(String run) {
    return of(run).stream()
        .filter(status -> status.state() == CommandState.ISSUED)
        .map(CommandStatus::command)
        .filter(command -> !command.isExpired(clock.instant()))
        .toList();
  }

  /** The runs whose newest stop was never answered, expired or not. */
  public List<String> unanswered() {
    return logs.entrySet().stream()
        .filter(entry -> isUnanswered(entry.getValue().statuses()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isUnanswered(List<CommandStatus> statuses) {
    return statuses.reversed().stream()
        .filter(status -> status.command().kind() == RunCommand.Kind.STOP)
        .findFirst()
        .map(CommandStatus::state)
        .filter(state -> state == CommandState.ISSUED || state == CommandState.EXPIRED)
        .isPresent();
  }
}
