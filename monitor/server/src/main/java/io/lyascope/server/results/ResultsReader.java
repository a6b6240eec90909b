package io.lyascope.server.results;

import io.lyascope.kafka.Cluster;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** Takes what is read, on the reader's thread. */
  @FunctionalInterface
  public interface Sink {
    /** A reading. */
    void reading(Reading reading);

    /** A prediction; that of a reading comes after it. Not everybody wants them. */
    default void prediction(PredictionDocument prediction) {}
  }

  /**
   * Reads once through the topic. A broker that goes away meanwhile is waited for.
   *
   * <p>Hands every reading and prediction to {@code sink}, on the calling thread, those of one run
   * in the order in which they were made. Documents of other types and those that cannot be read
   * are passed over.
   *
   * @return how many readings and predictions there were
   */
  public long readAll(Sink sink) {
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.seekToBeginning(partitions);
      long results = 0;
      while (!isAt(ends, consumer)) {
        for (ConsumerRecord<String, String> result : consumer.poll(POLL)) {
          results += pass(result, sink) ? 1 : 0;
        }
      }
      return results;
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

  /** Whether it was something for the sink. */
  private static boolean pass(ConsumerRecord<String, String> result, Sink sink) {
    if (result.value() == null) {
      return false;
    }
    try {
      switch (JsonObject.parse(result.value()).string("type").orElse("")) {
        case Reading.TYPE -> sink.reading(Reading.parse(result.value()));
        case PredictionDocument.TYPE -> sink.prediction(PredictionDocument.parse(result.value()));
        default -> {
          return false;
        }
      }
      return true;
    } catch (JsonException e) {
      log.warn(
          "Result at {}-{}, offset {}, cannot be read: {}",
          result.topic(),
          result.partition(),
          result.offset(),
          e.getMessage());
      return false;
    }
  }
}
