package io.lyascope.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveConfigTest {

  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  @Test
  void everyValueIsShownWithItsOrigin() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "http.port: 9090\n");
    String yaml =
        EffectiveConfig.load(
                Optional.of(file),
                Map.of("LYASCOPE_HTTP_HOST", "::1"),
                Map.of("kafka.topic.prefix", "lab"))
            .toYaml();
    assertTrue(yaml.contains("http.port: 9090 # file " + file), yaml);
    assertTrue(yaml.contains("http.host: '::1' # environment LYASCOPE_HTTP_HOST"), yaml);
    assertTrue(yaml.contains("kafka.topic.prefix: lab # flag --kafka.topic.prefix"), yaml);
    assertTrue(yaml.contains("metrics.run.ttl: 15m # default"), yaml);
  }

  @Test
  void secretsAreNeverShown() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            auth.viewer.token: hunter2
            kafka.ssl.truststore.password: hunter2
            kafka.sasl.jaas.config: 'Module required password="hunter2";'
            """);
    EffectiveConfig effective =
        EffectiveConfig.load(
            Optional.of(file), Map.of("LYASCOPE_AUTH_OPERATOR_TOKEN", SECRET), Map.of());
    assertFalse(effective.toYaml().contains(SECRET), effective.toYaml());
    assertFalse(effective.config().toString().contains(SECRET), effective.config().toString());
    assertEquals(Optional.of(SECRET), effective.config().auth().operatorToken());
  }

  @Test
  void secretsAreNotTakenFromTheCommandLine() {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> Config.of(Map.of("auth.operator.token", SECRET)));
    assertFalse(refused.getMessage().contains(SECRET));
    assertTrue(refused.getMessage().contains("LYASCOPE_AUTH_OPERATOR_TOKEN"));
  }

  @Test
  void whatIsShownReadsBackAsTheSameConfiguration() throws IOException {
    Map<String, String> keys =
        Map.of("analysis.protocol.steps", "40", "kafka.client.id", "it's #1: \"x\"");
    EffectiveConfig effective = EffectiveConfig.load(Optional.empty(), Map.of(), keys);
    Path file = Files.writeString(folder.resolve("back.yaml"), effective.toYaml());
    assertEquals(
        effective.config(), EffectiveConfig.load(Optional.of(file), Map.of(), Map.of()).config());
  }

  @Test
  void theReferenceListsEveryKey() throws IOException {
    Path page = Path.of(System.getProperty("lyascope.root"), "docs", "configuration.md");
    String text = Files.readString(page);
    for (Key<?> key : Keys.ALL) {
      String shown = key.fallback().isEmpty() ? "unset" : "`" + key.fallback() + "`";
      String row = "| `" + key.name() + "` | " + shown + " | " + key.meaning() + " |";
      assertTrue(text.contains(row), "docs/configuration.md lacks the row\n" + row);
    }
  }
}
