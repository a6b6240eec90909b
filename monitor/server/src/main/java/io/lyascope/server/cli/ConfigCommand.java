package io.lyascope.server.cli;

import io.lyascope.server.config.EffectiveConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints the configuration that the other commands would run with. */
record ConfigCommand(Optional<Path> file, Map<String, String> keys) implements Command {

  private static final Option EFFECTIVE =
      new Option("--effective", "", "every key, with its value and where that came from");

  static final Usage USAGE =
      new Usage(
          "config",
          "--effective [--config FILE]",
          "Print the configuration in effect; secrets are hidden.",
          List.of(EFFECTIVE, Option.CONFIG),
          Usage.Keys.TAKEN);

  static ConfigCommand of(Arguments arguments) {
    return new ConfigCommand(
        arguments.withoutOperands().value(Option.CONFIG).map(Path::of), arguments.keys());
  }

  @Override
  public ExitCode run(Terminal terminal) {
    terminal.out().print(EffectiveConfig.load(file, terminal.environment(), keys).toYaml());
    return ExitCode.OK;
  }
}
