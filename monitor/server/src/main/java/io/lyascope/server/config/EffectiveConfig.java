package io.lyascope.server.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A configuration together with what was set where, so that it can be shown. */
public final class EffectiveConfig {

  private static final String HIDDEN = "(hidden)";

  private final Settings settings;
  private final Config config;

  private EffectiveConfig(Settings settings) {
    this.settings = settings;
    this.config = typed(settings);
  }

  /**
   * A file, then the environment, then flags; later ones win.
   *
   * @throws ConfigException naming the key, or the file that cannot be read
   */
  public static EffectiveConfig load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    Map<String, Value> values = new HashMap<>();
    file.ifPresent(path -> values.putAll(Sources.file(path)));
    values.putAll(Sources.environment(environment));
    values.putAll(Sources.flags(flags));
    refuseUnknown(values);
    return new EffectiveConfig(new Settings(Map.copyOf(values)));
  }

  public Config config() {
    return config;
  }

  /** Every key with its value and origin, as YAML that could be a configuration file. */
  public String toYaml() {
    StringBuilder yaml = new StringBuilder();
    for (Key<?> key : Keys.ALL) {
      line(yaml, key.name(), settings.value(key));
    }
    for (String name : new TreeSet<>(settings.values().keySet())) {
      if (Settings.passesThrough(name)) {
        line(yaml, name, settings.values().get(name));
      }
    }
    return yaml.toString();
  }

  private static void line(StringBuilder yaml, String name, Value value) {
    boolean unset = value.text().isBlank();
    boolean secret = Sources.secrecy(name) == Key.Secrecy.SECRET;
    String shown = unset ? "" : secret ? HIDDEN : value.text();
    yaml.append(name)
        .append(": ")
        .append(shown.isEmpty() ? "" : quoted(shown) + " ")
        .append("# ")
        .append(unset ? "unset" : value.origin())
        .append('\n');
  }

  /** Plain where YAML would read the same back, in single quotes where it might not. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_./-][A-Za-z0-9_./:,-]*")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }

  private static void refuseUnknown(Map<String, Value> values) {
    values.forEach((name, value) -> {
      boolean ours = Keys.ALL.stream().anyMatch(key -> key.name().equals(name));
      boolean kafkas = name.startsWith(KafkaNames.COMMON) && KafkaNames.all().contains(name);
      if (!ours && !kafkas) {
        throw new ConfigException(
            "%s: there is no key %s; the nearest is %s"
                .formatted(value.origin(), name, Nearest.key(name)));
      }
    });
  }

  private static Config typed(Settings settings) {
    return new Config(
        new KafkaSettings(
            settings.get(Keys.BOOTSTRAP_SERVERS),
            settings.get(Keys.TOPIC_PREFIX),
            settings.get(Keys.TOPIC_PARTITIONS),
            settings.passedThrough(KafkaNames.COMMON),
            settings.passedThrough(KafkaNames.CONSUMER),
            settings.passedThrough(KafkaNames.PRODUCER)),
        new IngestSettings(
            settings.get(Keys.MAX_SNAPSHOT),
            settings.get(Keys.MAX_BUFFERED),
            settings.get(Keys.CHUNK_TIMEOUT),
            settings.get(Keys.PROBE_TIMEOUT)),
        new AnalysisSettings(
            settings.get(Keys.WORKERS).orElse(Runtime.getRuntime().availableProcessors()),
            ProtocolText.patch(settings),
            settings.get(Keys.DEADLINE),
            settings.get(Keys.PATIENCE)),
        new PredictionSettings(settings.get(Keys.MODELS)),
        new MetricsSettings(settings.get(Keys.METRICS_RUNS), settings.get(Keys.METRICS_TTL)),
        new HttpSettings(settings.get(Keys.HTTP_HOST), settings.get(Keys.HTTP_PORT)),
        new AuthSettings(settings.get(Keys.VIEWER_TOKEN), settings.get(Keys.OPERATOR_TOKEN)));
  }
}
