package io.lyascope.server.doctor;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.TopicAdmin;
import io.lyascope.server.config.Config;
import io.lyascope.server.doctor.Finding.Broken;
import io.lyascope.server.doctor.Finding.Doubtful;
import io.lyascope.server.doctor.Finding.Fine;
import io.lyascope.server.doctor.Finding.Unreachable;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** The Kafka cluster: whether it answers, its topics, the sizes it takes, the clocks around it. */
final class ClusterChecks implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration SKEW = Duration.ofSeconds(5);

  /** A chunk of 512 KiB with its headers, rounded up. */
  private static final int RECORD_BYTES = 600_000;

  private final Config config;
  private final Cluster cluster;
  private final Admin admin;
  private final Clock clock = Clock.systemUTC();

  private ClusterChecks(Config config, Cluster cluster, Admin admin) {
    this.config = config;
    this.cluster = cluster;
    this.admin = admin;
  }

  /**
   * Connects lazily.
   *
   * @throws KafkaException if the settings of the clients make no sense
   */
  static ClusterChecks of(Config config) {
    Cluster cluster = config.kafka().cluster();
    Map<String, Object> settings = new HashMap<>(cluster.adminSettings());
    settings.put("request.timeout.ms", (int) PATIENCE.toMillis() / 2);
    settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    return new ClusterChecks(config, cluster, Admin.create(settings));
  }

  Finding answer() throws InterruptedException {
    String servers = config.kafka().bootstrapServers();
    try {
      int brokers = await(admin.describeCluster().nodes()).size();
      return new Fine("kafka", servers + " answers, " + brokers + " broker(s)");
    } catch (KafkaException e) {
      return new Unreachable(
          "kafka",
          "no broker answers at " + servers + " (" + e.getMessage() + ")",
          "Start Kafka, or correct kafka.bootstrap.servers; behind TLS or SASL, the kafka.* keys.");
    }
  }

  List<Finding> topics() {
    List<String> warnings = TopicAdmin.check(cluster).warnings();
    if (warnings.isEmpty()) {
      return List.of(new Fine("topics", "all there, with the right policies"));
    }
    return warnings.stream().map(warning -> topic(warning)).toList();
  }

  private static Finding topic(String warning) {
    return warning.endsWith("does not exist")
        ? new Doubtful("topics", warning, "lyascope serve creates it when it may.")
        : new Doubtful(
            "topics", warning, "Change the topic, or delete it and let lyascope serve create it.");
  }

  Finding sizes() throws InterruptedException {
    Map<String, Integer> limits = new HashMap<>();
    try {
      for (String topic : List.of(cluster.topics().snapshots(), cluster.topics().probes())) {
        if (await(admin.listTopics().names()).contains(topic)) {
          limits.put(topic, maxMessageBytes(topic));
        }
      }
    } catch (KafkaException e) {
      return new Doubtful(
          "sizes",
          "the topics' settings may not be read: " + e.getMessage(),
          "Grant DescribeConfigs.");
    }
    List<String> narrow =
        limits.entrySet().stream()
            .filter(limit -> limit.getValue() < RECORD_BYTES)
            .map(limit -> limit.getKey() + " takes " + limit.getValue() + " bytes a record")
            .sorted()
            .toList();
    return narrow.isEmpty()
        ? new Fine("sizes", "chunks of snapshots fit into a record")
        : new Broken(
            "sizes", String.join(", ", narrow), "Set max.message.bytes to 1048588, the default.");
  }

  private int maxMessageBytes(String topic) throws InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var settings = await(admin.describeConfigs(List.of(resource)).all()).get(resource);
    return Integer.parseInt(settings.get("max.message.bytes").value());
  }

  /** Records carry the clock of who sent them; one from the future tells of a clock that is off. */
  Finding clocks() throws InterruptedException {
    try {
      OptionalLong newest = newestTimestamp(cluster.topics().scalars());
      if (newest.isEmpty()) {
        return new Fine("clocks", "no run has sent anything yet that could be compared");
      }
      Duration ahead = Duration.ofMillis(newest.getAsLong() - clock.millis());
      return ahead.compareTo(SKEW) > 0
          ? new Doubtful(
              "clocks",
              "the newest scalars are from " + ahead.toSeconds() + " s in the future",
              "Synchronise the clocks of this machine and of the training machines (NTP).")
          : new Fine("clocks", "the newest scalars are " + -ahead.toSeconds() + " s old");
    } catch (KafkaException e) {
      return new Doubtful("clocks", e.getMessage(), "Grant Describe on the topics.");
    }
  }

  private OptionalLong newestTimestamp(String topic) throws InterruptedException {
    if (!await(admin.listTopics().names()).contains(topic)) {
      return OptionalLong.empty();
    }
    var description = await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
    Map<TopicPartition, OffsetSpec> wanted =
        description.partitions().stream()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic, partition.partition()),
                    _ -> OffsetSpec.maxTimestamp()));
    return await(admin.listOffsets(wanted).all()).values().stream()
        .mapToLong(ListOffsetsResultInfo::timestamp)
        .filter(time -> time >= 0)
        .max();
  }

  private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException failure
          ? failure
          : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("no answer within " + PATIENCE.toSeconds() + " s", e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
