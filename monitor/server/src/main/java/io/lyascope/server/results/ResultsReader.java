package io.lyascope.server.results;

import io.lyascope.kafka.Cluster;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the results topic from its beginning to where it ends at that moment. */
public final class ResultsReader {

  private static final Logger log = LoggerFactory.getLogger(ResultsReader.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, Object> settings;
  private final String topic;

  /** Connects when it is asked to read. */
  public ResultsReader(Cluster cluster) {
    settings = new HashMap<>();
    settings.put("client.id", "lyascope-restore");
    settings.putAll(cluster.common());
    settings.putAll(cluster.consumer());
    settings.remove("group.id");
    settings.remove("group.instance.id");
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    topic = cluster.topics().results();
  }

  /**
   * Reads once through the topic. A broker that goes away meanwhile is waited for.
   *
   * <p>Hands every reading to {@code sink}, on the calling thread, those of one run in the order in
   * which they were made. Documents of other types and those that cannot be read are passed over.
   *
   * @return how many readings there were
   */
  public long readAll(Consumer<Reading> sink) {
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.seekToBeginning(partitions);
      long readings = 0;
      while (!isAt(ends, consumer)) {
        for (ConsumerRecord<String, String> result : consumer.poll(POLL)) {
          Optional<Reading> reading = parse(result);
          reading.ifPresent(sink);
          readings += reading.isPresent() ? 1 : 0;
        }
      }
      return readings;
    }
  }

  private static boolean isAt(Map<TopicPartition, Long> ends, KafkaConsumer<?, ?> consumer) {
    try {
      return ends.entrySet().stream()
          .allMatch(end -> consumer.position(end.getKey(), POLL) >= end.getValue());
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static Optional<Reading> parse(ConsumerRecord<String, String> result) {
    try {
      boolean isReading =
          result.value() != null
              && JsonObject.parse(result.value())
                  .string("type")
                  .filter("reading"::equals)
                  .isPresent();
      return isReading ? Optional.of(Reading.parse(result.value())) : Optional.empty();
    } catch (JsonException e) {
      log.warn(
          "Result at {}-{}, offset {}, cannot be read: {}",
          result.topic(),
          result.partition(),
          result.offset(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
