package io.lyascope.server.cli;

import io.lyascope.server.config.Config;
import io.lyascope.server.config.Durations;
import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.RunCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a training process to save and stop.
 *
 * @param url of the monitor that passes it on; empty to write to Kafka itself
 * @param patience how long to wait until the process has stopped; empty not to wait
 */
record StopCommand(
    String run,
    Optional<String> reason,
    Optional<Duration> patience,
    Optional<String> url,
    Optional<Path> configFile,
    Map<String, String> keys,
    Format format)
    implements Command {

  private static final Option REASON =
      new Option("--reason", "TEXT", "why, for whoever asks later");
  private static final Option WAIT =
      new Option("--wait", "60s", "wait so long for the run to stop, and say how far it is");
  private static final Option URL =
      new Option("--url", "URL", "a monitor that passes it on, instead of the Kafka cluster");
  private static final Duration SHORTEST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofHours(24);

  static final Usage USAGE =
      new Usage(
          "stop",
          "RUN [--reason TEXT] [--wait 60s]",
          "Ask a training run to save its model and stop.",
          List.of(REASON, WAIT, URL, Option.CONFIG, Option.JSON),
          Usage.Keys.TAKEN);

  static StopCommand of(Arguments arguments) {
    if (arguments.operands().size() != 1) {
      throw new UsageException("stop needs the id of one run");
    }
    return new StopCommand(
        arguments.operands().getFirst(),
        arguments.value(REASON),
        arguments.value(WAIT).map(StopCommand::duration),
        arguments.value(URL),
        arguments.value(Option.CONFIG).map(Path::of),
        arguments.keys(),
        Format.of(arguments));
  }

  private static Duration duration(String text) {
    try {
      Duration wait = Durations.parse(text);
      if (wait.compareTo(LONGEST) <= 0) {
        return wait;
      }
    } catch (IllegalArgumentException e) {
      // said below, in the same words as a duration that is too long
    }
    throw new UsageException("--wait is \"" + text + "\", wanted a duration of at most 24h");
  }

  @Override
  public ExitCode run(Terminal terminal) throws Exception {
    Config config = Config.load(configFile, terminal.environment(), keys);
    Duration limit = patience.orElse(Duration.ZERO);
    Duration validity = limit.compareTo(SHORTEST) > 0 ? limit : SHORTEST;
    try (StopRoute route = route(config, terminal.environment())) {
      RunCommand command = route.issue(run, reason, validity);
      switch (format) {
        case JSON -> terminal.out().print(command.toJson() + "\n");
        case TABLE ->
            terminal
                .out()
                .print(
                    "%s is told to stop, until %s%n"
                        .formatted(Printable.text(run), command.expires().orElseThrow()));
      }
      terminal.out().flush();
      return patience.isEmpty() ? ExitCode.OK : await(route, terminal, limit);
    }
  }

  private StopRoute route(Config config, Map<String, String> environment)
      throws UnreachableException, InterruptedException {
    Optional<String> monitor = url.or(() -> Optional.ofNullable(environment.get("LYASCOPE_URL")));
    return monitor.isPresent()
        ? new StopByHttp(new MonitorClient(monitor.get(), config.auth().operatorToken()))
        : new StopByKafka(Clusters.reach(config));
  }

  private ExitCode await(StopRoute route, Terminal terminal, Duration limit) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    String last = "has not answered";
    for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
      Optional<CommandAck> answer = route.await(Duration.ofNanos(left));
      if (answer.isEmpty()) {
        continue;
      }
      CommandAck.State state = answer.get().state();
      String reason = answer.get().reason().map(text -> ": " + Printable.text(text)).orElse("");
      terminal.err().println(Printable.text(run) + ": " + state.label() + reason);
      switch (state) {
        case STOPPED -> {
          return ExitCode.OK;
        }
        case REFUSED -> {
          return ExitCode.REFUSED_BY_POLICY;
        }
        case RECEIVED, SAVED -> last = "has got no further than " + state.label();
      }
    }
    terminal.err().println("lyascope: " + Printable.text(run) + " " + last);
    return ExitCode.FAILURE;
  }
}
