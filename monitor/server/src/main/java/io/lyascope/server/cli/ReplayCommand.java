package io.lyascope.server.cli;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.Publisher;
import io.lyascope.kafka.TopicAdmin;
import io.lyascope.server.config.Config;
import io.lyascope.server.demo.Casting;
import io.lyascope.server.demo.Replays;
import io.lyascope.server.demo.Stops;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends recordings to a cluster, as their training processes did. */
record ReplayCommand(
    List<Path> recordings,
    double speed,
    Casting casting,
    Optional<Path> configFile,
    Map<String, String> keys)
    implements Command {

  private static final Option TO = new Option("--to", "HOST:PORT", "the Kafka cluster");
  private static final Option NEW_IDS =
      new Option("--new-ids", "", "as runs of their own that happen now");

  static final Usage USAGE =
      new Usage(
          "replay",
          "FILE... --to HOST:PORT",
          "Send recorded runs to a Kafka cluster, paced by their steps.",
          List.of(TO, Speed.OPTION, NEW_IDS, Option.CONFIG),
          Usage.Keys.TAKEN);

  static ReplayCommand of(Arguments arguments) {
    if (arguments.operands().isEmpty()) {
      throw new UsageException("replay needs a recording, a folder or a zip");
    }
    Map<String, String> keys = new HashMap<>(arguments.keys());
    arguments.value(TO).ifPresent(to -> keys.put("kafka.bootstrap.servers", to));
    if (!arguments.has(Option.CONFIG) && !keys.containsKey("kafka.bootstrap.servers")) {
      throw new UsageException("replay needs --to HOST:PORT or --config FILE");
    }
    return new ReplayCommand(
        arguments.operands().stream().map(Path::of).toList(),
        Speed.of(arguments),
        arguments.has(NEW_IDS) ? Casting.Anew.now() : new Casting.AsRecorded(),
        arguments.value(Option.CONFIG).map(Path::of),
        Map.copyOf(keys));
  }

  @Override
  public ExitCode run(Terminal terminal) throws Exception {
    Config config = Config.load(configFile, terminal.environment(), keys);
    Cluster cluster = Clusters.reach(config);
    TopicAdmin.ensure(cluster, config.kafka().partitions())
        .warnings()
        .forEach(warning -> terminal.err().println("warning: " + warning));
    try (Publisher publisher = new Publisher(cluster)) {
      var listener = new ReplayProgress(terminal.err());
      List<String> failures =
          new Replays(publisher, casting, speed, listener, Stops.NEVER).run(recordings);
      failures.forEach(failure -> terminal.err().println("lyascope: " + failure));
      return failures.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }
  }
}
