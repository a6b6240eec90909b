package io.lyascope.server.config;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.Topics;
import java.util.HashMap;
import java.util.Map;

/**
 * Which cluster is used, and how.
 *
 * @param bootstrapServers host:port, several separated by commas
 * @param topicPrefix the first part of every topic's name
 * @param partitions partitions of topics that the monitor creates
 * @param common settings handed to every client, such as {@code security.protocol}
 * @param consumer settings handed to consumers only
 * @param producer settings handed to producers only
 */
public record KafkaSettings(
    String bootstrapServers,
    String topicPrefix,
    int partitions,
    Map<String, String> common,
    Map<String, String> consumer,
    Map<String, String> producer) {

  /** What every client is made with. */
  public Map<String, Object> adminClient() {
    Map<String, Object> settings = new HashMap<>(common);
    settings.put("bootstrap.servers", bootstrapServers);
    return settings;
  }

  /** The cluster as the clients' module knows it. */
  public Cluster cluster() {
    return new Cluster(
        new Topics(topicPrefix), adminClient(), Map.copyOf(consumer), Map.copyOf(producer));
  }

  /** Names no setting that may be secret. */
  @Override
  public String toString() {
    return "KafkaSettings[" + bootstrapServers + ", prefix " + topicPrefix + "]";
  }
}
