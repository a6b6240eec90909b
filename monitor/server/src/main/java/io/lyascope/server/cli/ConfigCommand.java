package io.lyascope.server.cli;

import io.lyascope.server.config.EffectiveConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Prints the configuration that the other commands would run with. */
record ConfigCommand(Optional<Path> file, Map<String, String> keys) implements Command {

  @Override
  public ExitCode run(Terminal terminal) {
    terminal.out().print(EffectiveConfig.load(file, terminal.environment(), keys).toYaml());
    return ExitCode.OK;
  }
}
