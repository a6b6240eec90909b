package io.lyascope.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How to reach a Kafka cluster: our settings first, then what the user passes through.
 *
 * @param topics the names in use there
 * @param common client settings for every client, {@code bootstrap.servers} among them
 * @param consumer further settings of consumers
 * @param producer further settings of producers
 */
public record Cluster(
    Topics topics,
    Map<String, Object> common,
    Map<String, Object> consumer,
    Map<String, Object> producer) {

  /** The consumer group of the monitor. */
  public static final String GROUP = "lyascope-monitor";

  /** Nobody waits longer than this for a consumer that says goodbye. */
  static final CloseOptions CLOSE = CloseOptions.timeout(Duration.ofSeconds(5));

  /** A cluster that needs no settings but its address. */
  public static Cluster at(String bootstrapServers, Topics topics) {
    return new Cluster(topics, Map.of("bootstrap.servers", bootstrapServers), Map.of(), Map.of());
  }

  /** Settings for an {@code Admin} client. */
  public Map<String, Object> adminSettings() {
    return merged(Map.of("client.id", "lyascope-admin"), Map.of());
  }

  /**
   * Idempotent, acknowledged by all, gives up after two minutes. Weights hardly compress: zstd
   * saves 7 % of float32 and halves the throughput.
   */
  Map<String, Object> producerSettings() {
    return merged(
        Map.of(
            "client.id",
            "lyascope-publisher",
            "enable.idempotence",
            true,
            "acks",
            "all",
            "compression.type",
            "none",
            "max.block.ms",
            60_000,
            "delivery.timeout.ms",
            120_000,
            "key.serializer",
            ByteArraySerializer.class,
            "value.serializer",
            ByteArraySerializer.class),
        producer);
  }

  /**
   * For records that came from elsewhere, larger by a few headers. What cannot be sent now is sent
   * again later, so nobody waits for long.
   */
  Map<String, Object> deadLetterSettings() {
    Map<String, Object> settings = producerSettings();
    settings.put("client.id", "lyascope-dead-letters");
    settings.put("max.request.size", DeadLetters.MAX_RECORD_BYTES);
    settings.put("max.block.ms", 2_000);
    return settings;
  }

  /**
   * For work that is shared among monitors. Ten seconds of session, because a monitor that was
   * killed and started again waits until the group has forgotten its former self.
   */
  Map<String, Object> groupSettings() {
    Map<String, Object> settings = readerSettings("lyascope-ingest");
    settings.putIfAbsent("group.id", GROUP);
    settings.putIfAbsent("session.timeout.ms", 10_000);
    settings.putIfAbsent("heartbeat.interval.ms", 2_000);
    return settings;
  }

  /** For state that every monitor reads whole, outside of any group. */
  Map<String, Object> readerSettings(String clientId) {
    Map<String, Object> settings =
        merged(
            Map.of(
                "client.id",
                clientId,
                "auto.offset.reset",
                "earliest",
                "allow.auto.create.topics",
                false,
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class),
            consumer);
    // These two are not the user's to choose: what is committed is what has been measured.
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    return settings;
  }

  private Map<String, Object> merged(Map<String, Object> ours, Map<String, Object> special) {
    Map<String, Object> settings = new HashMap<>(ours);
    settings.putAll(common);
    settings.putAll(special);
    return settings;
  }
}
