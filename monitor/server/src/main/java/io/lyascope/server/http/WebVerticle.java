package io.lyascope.server.http;

import io.lyascope.aelle.Predictors;
import io.lyascope.kafka.Publisher;
import io.lyascope.server.config.Config;
import io.lyascope.server.config.ConfigException;
import io.lyascope.server.config.Version;
import io.lyascope.server.control.CommandBook;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.fact.FactBus;
import io.lyascope.server.metrics.Meters;
import io.lyascope.server.prediction.LoadedPredictors;
import io.lyascope.server.runs.Run;
import io.lyascope.server.runs.RunBook;
import io.lyascope.server.runs.RunState;
import io.lyascope.snapshot.Limits;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that others see over HTTP. Its event loop owns the run book: deploy one instance only,
 * and before facts are published.
 */
public final class WebVerticle extends VerticleBase {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long TICK_MILLIS = 1000;
  private static final int LARGEST_OPERATION = 64 << 10;

  /** A run id of 5,000 characters, each up to four bytes, each of them percent-encoded. */
  private static final int LONGEST_ADDRESS = 128 << 10;

  private final Config config;
  private final Predictors predictors;
  private final FactBus facts;
  private final Meters meters;
  private final PrometheusMeterRegistry registry;
  private final Uplink uplink;
  private final InstantSource clock;
  private final Duration patience;
  private final RunBook book;
  private final CommandBook commands;
  private final Health health = new Health();
  private final Version version = Version.current();
  private final Instant started;
  private HttpServer server;

  /**
   * @param predictors those that are loaded
   * @param publisher where goes what comes in over HTTP; it stays the caller's to close
   * @throws ConfigException if others could reach the server without a token
   */
  public WebVerticle(
      Config config,
      Predictors predictors,
      FactBus facts,
      Meters meters,
      PrometheusMeterRegistry registry,
      Publisher publisher) {
    this(
        config,
        predictors,
        facts,
        meters,
        registry,
        Uplink.to(publisher),
        InstantSource.system(),
        PATIENCE);
  }

  WebVerticle(
      Config config,
      Predictors predictors,
      FactBus facts,
      Meters meters,
      PrometheusMeterRegistry registry,
      Uplink uplink,
      InstantSource clock,
      Duration patience) {
    this.config = config;
    this.predictors = predictors;
    this.facts = facts;
    this.meters = meters;
    this.registry = registry;
    this.uplink = uplink;
    this.clock = clock;
    this.patience = patience;
    this.book = new RunBook(clock);
    this.commands = new CommandBook(clock);
    this.started = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    new Access(config.auth()).requireSafe(config.http().host());
  }

  /** The port that is bound, once the verticle is deployed. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> start() {
    Topics topics = new Topics(book, commands, clock, this::monitor);
    Hub hub = new Hub(topics, meters.web(), clock, patience);
    // Those who watch the book know a run before anybody can see it.
    book.watch(meters.runs());
    book.watch(topics);
    facts.subscribe(this::accept);
    vertx.setPeriodic(TICK_MILLIS, _ -> tick());
    vertx.setPeriodic(Hub.PACE.toMillis(), _ -> hub.pace());
    Routes routes = new Routes(vertx, config);
    routes.files(new Assets());
    routes.monitoring(new Scrape(vertx, registry), health);
    routes.reading(new RunApi(vertx, book, commands, new LoadedPredictors(predictors)));
    routes.predictors(new PredictorApi(vertx, predictors));
    Relay relay = new Relay(vertx);
    Admission admission = new Admission(buffer());
    routes.writing(new IngestApi(relay, uplink, limits()), admission);
    routes.commanding(
        new CommandApi(book, relay, uplink, clock), new CommandPoll(vertx, commands), admission);
    routes.webSocket(hub);
    server = vertx.createHttpServer(options()).requestHandler(routes.router());
    return server.listen(config.http().port(), config.http().host());
  }

  private Limits limits() {
    return Limits.DEFAULT.withFile(config.ingest().maxSnapshotBytes());
  }

  private long buffer() {
    return config.ingest().maxBufferedBytes();
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(LONGEST_ADDRESS)
        // It has limits of its own, answers HEAD with a body, and gains nothing without TLS.
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(true)
        .setIdleTimeout(60)
        .setWebSocketClosingTimeout(1)
        .setMaxWebSocketFrameSize(LARGEST_OPERATION)
        .setMaxWebSocketMessageSize(LARGEST_OPERATION)
        .setWebSocketSubProtocols(List.of(Access.SUBPROTOCOL));
  }

  private void accept(Fact fact) {
    book.accept(fact);
    commands.accept(fact);
    meters.accept(fact);
    health.accept(fact);
  }

  private void tick() {
    book.tick();
    commands.tick();
    meters.tick();
    meters.unansweredStops(unanswered());
  }

  /** The runs that go on although they were told to stop. */
  private List<Run> unanswered() {
    return commands.unanswered().stream()
        .flatMap(id -> book.find(id).stream())
        .filter(run -> !run.state().isOver() && run.state() != RunState.LOST)
        .toList();
  }

  /** What the page shows of the monitor itself. */
  private Map<String, Object> monitor() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", version.version());
    fields.put("started", started);
    fields.put("now", clock.instant().truncatedTo(ChronoUnit.SECONDS));
    fields.put("kafka", health.kafka());
    fields.put("dropped", meters.dropped());
    fields.put("superseded", meters.superseded());
    fields.put("dead_letters", meters.deadLetters());
    fields.put("runs", book.runs().size());
    fields.put("predictors", predictors.all().size());
    return fields;
  }
}
