package io.lyascope.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Decides when a file whose next chunk does not come is given up. A clock alone would lie: while
 * reading is paused, behind, or cut off from the cluster, the chunk may long be there. So an
 * overdue file is given up only after everything has been read that was there when it became
 * overdue.
 */
final class Expiry {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Map<FileId, Map<TopicPartition, Long>> horizons = new HashMap<>();

  /** The files to give up now. */
  List<FileId> due(Reassembly reassembly, Consumer<?, ?> consumer, Instant now) {
    List<FileId> overdue = reassembly.overdue(now);
    horizons.keySet().retainAll(overdue);
    if (overdue.isEmpty()) {
      return List.of();
    }
    try {
      if (overdue.size() > horizons.size()) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), PATIENCE);
        overdue.forEach(file -> horizons.putIfAbsent(file, ends));
      }
    } catch (RetriableException e) {
      // The cluster is away, and with it the publisher's way to send the rest.
      reassembly.extend(now);
      return List.of();
    }
    List<FileId> due = new ArrayList<>();
    horizons.forEach((file, ends) -> {
      if (ends.entrySet().stream().allMatch(end -> passed(consumer, end))) {
        due.add(file);
      }
    });
    return due;
  }

  private static boolean passed(Consumer<?, ?> consumer, Map.Entry<TopicPartition, Long> end) {
    return !consumer.assignment().contains(end.getKey())
        || consumer.position(end.getKey()) >= end.getValue();
  }
}
