package io.lyascope.server.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The commands that exist. */
final class Commands {

  private static final List<Entry> ALL =
      List.of(
          new Entry(DemoCommand.USAGE, DemoCommand::of),
          new Entry(ServeCommand.USAGE, ServeCommand::of),
          new Entry(AnalyzeArguments.USAGE, AnalyzeArguments::command),
          new Entry(ReplayCommand.USAGE, ReplayCommand::of),
          new Entry(RunsCommand.USAGE, RunsCommand::of),
          new Entry(StopCommand.USAGE, StopCommand::of),
          new Entry(ExportCommand.USAGE, ExportCommand::of),
          new Entry(TrainArguments.USAGE, TrainCommand::of),
          new Entry(DoctorCommand.USAGE, DoctorCommand::of),
          new Entry(ConfigCommand.USAGE, ConfigCommand::of),
          new Entry(VersionCommand.USAGE, VersionCommand::of));

  private Commands() {}

  /** A command: what it takes and what makes it. */
  record Entry(Usage usage, Function<Arguments, Command> factory) {}

  static Optional<Entry> find(String name) {
    return ALL.stream().filter(entry -> entry.usage().command().equals(name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(entry -> entry.usage().command()).toList();
  }

  /** The list of commands. */
  static String help() {
    StringBuilder text = new StringBuilder("usage: lyascope COMMAND [OPTION...]\n\n");
    for (Entry entry : ALL) {
      text.append("  %-10s %s%n".formatted(entry.usage().command(), entry.usage().summary()));
    }
    return text.append("\nlyascope COMMAND --help says more about one of them.\n").toString();
  }
}
