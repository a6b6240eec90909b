package io.lyascope.server.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Which cluster is used, and how.
 *
 * @param bootstrapServers host:port, several separated by commas
 * @param topicPrefix the first part of every topic's name
 * @param partitions partitions of topics that the monitor creates
 * @param replicationFactor replicas of topics that the monitor creates; -1 is the broker's default
 * @param common settings handed to every client, such as {@code security.protocol}
 * @param consumer settings handed to consumers only
 * @param producer settings handed to producers only
 */
public record KafkaSettings(
    String bootstrapServers,
    String topicPrefix,
    int partitions,
    short replicationFactor,
    Map<String, String> common,
    Map<String, String> consumer,
    Map<String, String> producer) {

  /** What an administrative client is made with. */
  public Map<String, Object> adminClient() {
    Map<String, Object> settings = new HashMap<>(common);
    settings.put("bootstrap.servers", bootstrapServers);
    return settings;
  }

  /** What a consumer is made with; the caller's own settings go on top. */
  public Map<String, Object> consumerClient() {
    Map<String, Object> settings = adminClient();
    settings.putAll(consumer);
    return settings;
  }

  /** What a producer is made with; the caller's own settings go on top. */
  public Map<String, Object> producerClient() {
    Map<String, Object> settings = adminClient();
    settings.putAll(producer);
    return settings;
  }

  /** Names no setting that may be secret. */
  @Override
  public String toString() {
    return "KafkaSettings[" + bootstrapServers + ", prefix " + topicPrefix + "]";
  }
}
