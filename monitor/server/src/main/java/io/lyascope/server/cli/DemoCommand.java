package io.lyascope.server.cli;

import io.lyascope.broker.EmbeddedBroker;
import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.Publisher;
import io.lyascope.kafka.TopicAdmin;
import io.lyascope.server.Monitor;
import io.lyascope.server.config.Config;
import io.lyascope.server.demo.Casting;
import io.lyascope.server.demo.ControlTopicStops;
import io.lyascope.server.demo.Recordings;
import io.lyascope.server.demo.Replays;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * Everything in one process: a real broker with its data in a temporary folder, the monitor, the
 * page, and recorded runs that train again before one's eyes.
 *
 * @param recordings what is replayed; if none, those that ship with the program
 */
record DemoCommand(
    List<Path> recordings, double speed, Optional<Path> configFile, Map<String, String> keys)
    implements Command {

  private static final Option PORT =
      new Option("--port", "N", "the page's port, or else the next free one");

  static final Usage USAGE =
      new Usage(
          "demo",
          "[RECORDING...]",
          "Show recorded training runs on a page, with a Kafka broker of its own.",
          List.of(Speed.OPTION, PORT, Option.CONFIG),
          Usage.Keys.TAKEN);

  static DemoCommand of(Arguments arguments) {
    Map<String, String> keys = new HashMap<>(arguments.keys());
    arguments.value(PORT).ifPresent(port -> keys.put("http.port", port));
    return new DemoCommand(
        arguments.operands().stream().map(Path::of).toList(),
        Speed.of(arguments),
        arguments.value(Option.CONFIG).map(Path::of),
        Map.copyOf(keys));
  }

  @Override
  public ExitCode run(Terminal terminal) throws Exception {
    Config wanted = Config.load(configFile, terminal.environment(), keys);
    List<Path> shown = recordings.isEmpty() ? Recordings.shipped() : recordings;
    try (Resources resources = Resources.closedWithTheProcess()) {
      TemporaryFolder folder = resources.open(TemporaryFolder::create);
      terminal.err().println("Starting a Kafka broker in " + folder.path());
      EmbeddedBroker broker = resources.open(() -> EmbeddedBroker.start(folder.path()));
      Config config = withBroker(terminal, wanted, broker);
      Monitor monitor = resources.open(() -> Monitor.start(config));
      Addresses.print(terminal.out(), monitor.url());
      replay(terminal, config, shown, resources);
      new CountDownLatch(1).await();
      return ExitCode.OK;
    }
  }

  private void replay(Terminal terminal, Config config, List<Path> shown, Resources resources)
      throws Exception {
    Cluster cluster = config.kafka().cluster();
    TopicAdmin.ensure(cluster, config.kafka().partitions());
    Publisher publisher = resources.open(() -> new Publisher(cluster));
    Replays replays =
        new Replays(
            publisher,
            Casting.Anew.now(),
            speed,
            new ReplayProgress(terminal.err()),
            resources.open(() -> new ControlTopicStops(cluster, publisher)));
    Thread replaying = Thread.currentThread();
    resources.<AutoCloseable>open(() -> replaying::interrupt);
    List<String> failures = replays.run(shown);
    failures.forEach(failure -> terminal.err().println("lyascope: " + failure));
    terminal.err().println("All runs are through. The page stays until Ctrl-C.");
  }

  private Config withBroker(Terminal terminal, Config wanted, EmbeddedBroker broker)
      throws Exception {
    int port = FreePort.from(wanted.http().host(), wanted.http().port());
    if (port != wanted.http().port() && wanted.http().port() != 0) {
      terminal.err().println("Port " + wanted.http().port() + " is taken, the page is at " + port);
    }
    Map<String, String> all = new HashMap<>(keys);
    all.putIfAbsent("analysis.patience", "1m"); // every step is shown, however slow the machine
    all.put("kafka.bootstrap.servers", broker.bootstrapServers());
    all.put("http.port", Integer.toString(port));
    Map<String, String> environment = new HashMap<>(terminal.environment());
    if (wanted.auth().operatorToken().isEmpty()) {
      String token = UUID.randomUUID().toString();
      environment.put("LYASCOPE_AUTH_OPERATOR_TOKEN", token);
      terminal.out().println("Token    " + token + " (for the page's Stop button)");
    }
    return Config.load(configFile, environment, all);
  }
}
