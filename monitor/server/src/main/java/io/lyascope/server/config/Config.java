package io.lyascope.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Everything that can be configured, read into types. */
public record Config(
    KafkaSettings kafka,
    IngestSettings ingest,
    AnalysisSettings analysis,
    PredictionSettings prediction,
    MetricsSettings metrics,
    HttpSettings http,
    AuthSettings auth) {

  /**
   * The defaults with some keys set, as if by flags.
   *
   * @param keys dotted keys and their values as text
   * @throws ConfigException naming the key
   */
  public static Config of(Map<String, String> keys) {
    return load(Optional.empty(), Map.of(), keys);
  }

  /**
   * A file, then the environment, then flags; later ones win.
   *
   * @throws ConfigException naming the key, or the file that cannot be read
   */
  public static Config load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    return EffectiveConfig.load(file, environment, flags).config();
  }
}
