package io.lyascope.server.cli;

import io.lyascope.server.Monitor;
import io.lyascope.server.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Runs the monitor against a cluster until the process is stopped. */
record ServeCommand(Optional<Path> configFile, Map<String, String> keys) implements Command {

  static final Usage USAGE =
      new Usage(
          "serve",
          "[--config FILE]",
          "Run the monitor and its page against a Kafka cluster.",
          List.of(Option.CONFIG),
          Usage.Keys.TAKEN);

  static ServeCommand of(Arguments arguments) {
    return new ServeCommand(
        arguments.withoutOperands().value(Option.CONFIG).map(Path::of), arguments.keys());
  }

  @Override
  public ExitCode run(Terminal terminal) throws Exception {
    Config config = Config.load(configFile, terminal.environment(), keys);
    try (Resources resources = Resources.closedWithTheProcess()) {
      Monitor monitor = resources.open(() -> Monitor.start(config));
      Addresses.print(terminal.out(), monitor.url());
      terminal.err().println("Reading from Kafka at " + config.kafka().bootstrapServers());
      new CountDownLatch(1).await();
      return ExitCode.OK;
    }
  }
}
