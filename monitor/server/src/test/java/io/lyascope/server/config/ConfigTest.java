package io.lyascope.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {

  @TempDir Path folder;

  @Test
  void nestedMapsAndDottedKeysMeanTheSame() throws IOException {
    Config nested =
        load(
            """
            kafka:
              bootstrap.servers: [a:1, b:2]
              consumer:
                max.poll.records: 7
            ingest: {chunk: {timeout: 5s}}
            """);
    Config dotted =
        load(
            """
            kafka.bootstrap.servers: a:1,b:2
            kafka.consumer.max.poll.records: 7
            ingest.chunk.timeout: 5s
            """);
    assertEquals(nested, dotted);
    assertEquals("a:1,b:2", nested.kafka().cluster().common().get("bootstrap.servers"));
    assertEquals("7", nested.kafka().cluster().consumer().get("max.poll.records"));
    assertEquals(Duration.ofSeconds(5), nested.ingest().chunkTimeout());
  }

  @Test
  void theEnvironmentBeatsTheFileAndAFlagBeatsBoth() throws IOException {
    Path file = write("http: {port: 1, host: h}\nmetrics.runs.max: 3\n");
    Config config =
        Config.load(
            Optional.of(file),
            Map.of("LYASCOPE_HTTP_PORT", "2", "LYASCOPE_METRICS_RUNS_MAX", "4"),
            Map.of("http.port", "5"));
    assertEquals(new HttpSettings("h", 5), config.http());
    assertEquals(4, config.metrics().maxRuns());
  }

  @Test
  void anUnknownKeyIsNamedTogetherWithTheNearestOne() throws IOException {
    assertRefused("http.prot: 1", "http.prot", "http.port");
    assertRefused("kafka.bootstrap.server: a:1", "kafka.bootstrap.servers");
    assertRefused("kafka.consumer.max.pol.records: 1", "kafka.consumer.max.poll.records");
    ConfigException inEnvironment =
        assertThrows(
            ConfigException.class,
            () -> Config.load(Optional.empty(), Map.of("LYASCOPE_HTTP_PROT", "1"), Map.of()));
    assertTrue(inEnvironment.getMessage().contains("LYASCOPE_HTTP_PORT"));
  }

  @Test
  void aValueOfTheWrongTypeSaysWhereItStandsAndWhatIsWanted() throws IOException {
    assertRefused("http.port: 70000", "http.port", "70000", "0 to 65535");
    assertRefused("ingest.chunk.timeout: 5 parsecs", "parsecs", "30s");
    assertRefused("ingest.max.snapshot.bytes: 64 million", "64MiB");
    assertRefused("analysis.protocol.steps: many", "analysis.protocol.steps", "integer");
    assertRefused("http.port: [", "not YAML");
    assertRefused("http: {port: 1}\nhttp.port: 2", "set twice");
    assertRefused("just text", "map of keys");
  }

  @Test
  void durationsAndSizesHaveUnits() throws IOException {
    Config config =
        load("metrics.run.ttl: 2h\ningest.max.snapshot.bytes: 64MiB\nanalysis.deadline: 250ms");
    assertEquals(Duration.ofHours(2), config.metrics().runTtl());
    assertEquals(64L << 20, config.ingest().maxSnapshotBytes());
    assertEquals(Optional.of(Duration.ofMillis(250)), config.analysis().deadline());
    assertEquals(Optional.empty(), load("").analysis().deadline());
  }

  @Test
  void protocolKeysReplaceFieldsOfTheDefault() throws IOException {
    Protocol protocol =
        load("analysis: {protocol: {steps: 30, state: hidden, exponents: 4, tolerance: 0.5}}")
            .analysis()
            .defaultProtocol();
    assertEquals(30, protocol.steps());
    assertEquals(Protocol.State.HIDDEN, protocol.state());
    assertEquals(new Protocol.Count.First(4), protocol.exponents());
    assertEquals(0.5, protocol.tolerance());
    assertEquals(20, protocol.burnIn());
  }

  @Test
  void clientSettingsReachTheClientsTheyAreMeantFor() throws IOException {
    KafkaSettings kafka =
        load("""
        kafka.security.protocol: SASL_SSL
        kafka.producer.linger.ms: 3
        """)
            .kafka();
    assertEquals("SASL_SSL", kafka.cluster().common().get("security.protocol"));
    assertEquals("SASL_SSL", kafka.cluster().adminSettings().get("security.protocol"));
    assertEquals("3", kafka.cluster().producer().get("linger.ms"));
    assertFalse(kafka.cluster().consumer().containsKey("linger.ms"));
  }

  @Test
  void whatThePromisesRestOnCannotBeSet() throws IOException {
    assertRefused("kafka.consumer.enable.auto.commit: true", "enable.auto.commit");
    assertRefused("kafka.producer.acks: 0", "kafka.producer.acks");
  }

  @Test
  void theEnvironmentReachesDottedClientSettings() {
    Config config =
        Config.load(
            Optional.empty(),
            Map.of("LYASCOPE_KAFKA_CONSUMER_MAX_POLL_RECORDS", "9", "PATH", "/bin"),
            Map.of());
    assertEquals("9", config.kafka().cluster().consumer().get("max.poll.records"));
  }

  @Test
  void everyKeyHasAnEnvironmentVariableOfItsOwn() {
    Set<String> variables = new HashSet<>();
    Keys.ALL.forEach(key -> assertTrue(variables.add(key.environmentVariable()), key.name()));
    KafkaNames.all()
        .forEach(name -> assertTrue(variables.add(Key.environmentVariable(name)), name));
  }

  @Test
  void variablesOfThePythonClientAndOfKubernetesAreNoKeys() {
    Config config =
        Config.load(
            Optional.empty(),
            Map.of("LYASCOPE_MODE", "offline", "LYASCOPE_PORT_8080_TCP", "tcp://10.0.0.1:8080"),
            Map.of());
    assertEquals(Config.of(Map.of()), config);
  }

  private void assertRefused(String yaml, String... parts) throws IOException {
    ConfigException refused = assertThrows(ConfigException.class, () -> load(yaml));
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
  }

  private Config load(String yaml) throws IOException {
    return Config.load(Optional.of(write(yaml)), Map.of(), Map.of());
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("lyascope.yaml"), yaml);
  }
}
