package io.lyascope.server.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The commands that exist. */
final class Commands {

  private static final Option EFFECTIVE =
      new Option("--effective", "", "every key, with its value and where that came from");

  private static final List<Entry> ALL =
      List.of(
          new Entry(
              new Usage(
                  "config",
                  "--effective [--config FILE]",
                  "Print the configuration in effect; secrets are hidden.",
                  List.of(EFFECTIVE, Option.CONFIG),
                  Usage.Keys.TAKEN),
              arguments ->
                  new ConfigCommand(
                      arguments.withoutOperands().value(Option.CONFIG).map(Path::of),
                      arguments.keys())),
          new Entry(
              new Usage(
                  "version",
                  "[--json]",
                  "Print the version of Lyascope and of Java.",
                  List.of(Option.JSON),
                  Usage.Keys.REFUSED),
              arguments -> new VersionCommand(Format.of(arguments.withoutOperands()))));

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
