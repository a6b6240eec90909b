package io.lyascope.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The progress of all assigned partitions, and what of it the group already knows. */
final class Commits {
  private static final Logger log = LoggerFactory.getLogger(Commits.class);
  private static final PartitionProgress NOTHING_READ = new PartitionProgress();
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();

  Commits(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  Ticket begin(ConsumerRecord<?, ?> record) {
    return progress
        .computeIfAbsent(Records.partition(record), partition -> new PartitionProgress())
        .begin(record);
  }

  /** Commits in the background what is new; a failure shows at the next time. */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = fresh(progress.keySet());
    if (!offsets.isEmpty()) {
      consumer.commitAsync(
          offsets,
          (tried, failure) -> {
            if (failure == null) {
              tried.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            } else {
              log.debug("Commit failed and is tried again", failure);
            }
          });
    }
  }

  /** Commits before partitions are handed over, as far as that works. */
  void commitNow(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = fresh(partitions);
    if (!offsets.isEmpty()) {
      try {
        consumer.commitSync(offsets, PATIENCE);
      } catch (KafkaException e) {
        log.warn("The last commit failed, some snapshots will come again: {}", e.toString());
      }
    }
  }

  void commitAll() {
    commitNow(progress.keySet());
  }

  /** Tickets of a forgotten partition still work and have no effect. */
  void forget(TopicPartition partition) {
    progress.remove(partition);
    committed.remove(partition);
  }

  Lag lag(Instant now) {
    long records = 0;
    Optional<Instant> oldest = Optional.empty();
    for (TopicPartition partition : consumer.assignment()) {
      PartitionProgress one = progress.getOrDefault(partition, NOTHING_READ);
      long unread = consumer.currentLag(partition).orElse(0);
      records += unread + one.open();
      Optional<Instant> since = one.oldest().or(() -> unread > 0 ? one.newest() : Optional.empty());
      oldest = earlier(oldest, since);
    }
    Duration age = oldest.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    return new Lag(records, age.isNegative() ? Duration.ZERO : age);
  }

  private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
    return a.isPresent() && b.isPresent() && b.get().isAfter(a.get()) ? a : b.or(() -> a);
  }

  private Map<TopicPartition, OffsetAndMetadata> fresh(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      PartitionProgress one = progress.get(partition);
      OptionalLong offset = one == null ? OptionalLong.empty() : one.committable();
      if (offset.isPresent() && offset.getAsLong() > committed.getOrDefault(partition, -1L)) {
        offsets.put(partition, new OffsetAndMetadata(offset.getAsLong()));
      }
    }
    return offsets;
  }
}
