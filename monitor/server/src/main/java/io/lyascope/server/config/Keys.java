package io.lyascope.server.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Every key that exists, besides the settings that pass through to the Kafka clients. */
final class Keys {

  private Keys() {}

  static final Key<String> BOOTSTRAP_SERVERS =
      Key.of(
          "kafka.bootstrap.servers",
          "localhost:9092",
          Parsers::text,
          "The cluster: host:port, several separated by commas.");
  static final Key<String> TOPIC_PREFIX =
      Key.of(
          "kafka.topic.prefix", "lyascope", Parsers::text, "The first part of every topic's name.");
  static final Key<Integer> TOPIC_PARTITIONS =
      Key.of(
          "kafka.topic.partitions",
          "6",
          Parsers.integer(1, 10_000),
          "Partitions of topics that Lyascope creates; the same for all of them.");

  static final Key<Long> MAX_SNAPSHOT =
      Key.of(
          "ingest.max.snapshot.bytes",
          "256MiB",
          Parsers::size,
          "The largest snapshot or probe file that is taken in.");
  static final Key<Long> MAX_BUFFERED =
      Key.of(
          "ingest.max.buffered.bytes",
          "512MiB",
          Parsers::size,
          "What half-read and waiting snapshots of all runs may take together.");
  static final Key<Duration> CHUNK_TIMEOUT =
      Key.of(
          "ingest.chunk.timeout",
          "60s",
          Parsers::duration,
          "After this long a snapshot that is still not whole is counted incomplete.");
  static final Key<Duration> PROBE_TIMEOUT =
      Key.of(
          "ingest.probe.timeout",
          "30s",
          Parsers::duration,
          "After this long a snapshot whose probe has not come is refused.");

  static final Key<OptionalInt> WORKERS =
      Key.of(
          "analysis.workers",
          "auto",
          Parsers.integerOrAuto(1, 1024),
          "Snapshots measured at a time; auto is one for each core.");
  static final Key<Optional<Duration>> DEADLINE =
      Key.of(
          "analysis.deadline",
          "none",
          Parsers::durationOrNone,
          "A measurement that takes longer is reported incomplete.");
  static final Key<Duration> PATIENCE =
      Key.of(
          "analysis.patience",
          "5s",
          Parsers::duration,
          "How far a run's readings may fall behind before newer snapshots replace unread ones.");

  static final Key<List<String>> MODELS =
      Key.of(
          "prediction.models",
          "bundled",
          Parsers::list,
          "Files of predictors, separated by commas; bundled are those of this version, none is none.");

  static final Key<Integer> METRICS_RUNS =
      Key.of(
          "metrics.runs.max",
          "300",
          Parsers.integer(0, 100_000),
          "Runs that get metric series of their own.");
  static final Key<Duration> METRICS_TTL =
      Key.of(
          "metrics.run.ttl",
          "15m",
          Parsers::duration,
          "How long a run's metric series stay after it has ended.");

  static final Key<String> HTTP_HOST =
      Key.of("http.host", "127.0.0.1", Parsers::text, "The address that is bound.");
  static final Key<Integer> HTTP_PORT =
      Key.of(
          "http.port",
          "8080",
          Parsers.integer(0, 65_535),
          "The port of the page, the API and /metrics; 0 takes any free one.");

  static final Key<Optional<String>> VIEWER_TOKEN =
      Key.secret("auth.viewer.token", "Whoever looks must show it; unset: everybody may look.");
  static final Key<Optional<String>> OPERATOR_TOKEN =
      Key.secret("auth.operator.token", "Whoever commands must show it; unset: nobody may.");

  /** The fields of the default protocol, by their names on the wire. */
  static final List<Key<Object>> PROTOCOL =
      List.of(
          protocol("name", "A named protocol brings its own fields and never shrinks."),
          protocol("state", "What is differentiated: full or hidden."),
          protocol("warmup", "Steps of the state alone."),
          protocol("burn_in", "Steps of state and basis that are not counted."),
          protocol("steps", "Counted steps."),
          protocol("orthonormalize_every", "Steps between two QR decompositions, or auto."),
          protocol("exponents", "How many exponents from the largest on, or all."),
          protocol("sequences", "How many of the probe's sequences, or all."),
          protocol("precision", "double or mixed."),
          protocol("initial_basis", "random or identity."),
          protocol("seed", "Of the random basis."),
          protocol("tolerance", "The widest 95 % interval of a converged measurement."));

  /** All of them, in the order of the reference. */
  static final List<Key<?>> ALL = all();

  private static Key<Object> protocol(String field, String meaning) {
    return Key.of("analysis.protocol." + field, "", ProtocolText::value, meaning);
  }

  private static List<Key<?>> all() {
    var all =
        new ArrayList<Key<?>>(
            List.of(
                BOOTSTRAP_SERVERS,
                TOPIC_PREFIX,
                TOPIC_PARTITIONS,
                MAX_SNAPSHOT,
                MAX_BUFFERED,
                CHUNK_TIMEOUT,
                PROBE_TIMEOUT,
                WORKERS,
                DEADLINE,
                PATIENCE));
    all.addAll(PROTOCOL);
    all.addAll(
        List.of(
            MODELS, METRICS_RUNS, METRICS_TTL, HTTP_HOST, HTTP_PORT, VIEWER_TOKEN, OPERATOR_TOKEN));
    return List.copyOf(all);
  }
}
