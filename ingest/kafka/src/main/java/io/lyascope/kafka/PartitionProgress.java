package io.lyascope.kafka;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which records of a partition are still open. They are finished in any order and by any thread;
 * what may be committed is the offset before which none is open. One thread begins and asks.
 */
final class PartitionProgress {
  private final ConcurrentSkipListMap<Long, Instant> open = new ConcurrentSkipListMap<>();
  private long next = -1;
  private Instant newest = Instant.MAX;

  /** A record was read. */
  Ticket begin(ConsumerRecord<?, ?> record) {
    long offset = record.offset();
    newest = Instant.ofEpochMilli(record.timestamp());
    open.put(offset, newest);
    next = offset + 1;
    return () -> open.remove(offset);
  }

  /** The offset from which records would have to come again; empty before the first record. */
  OptionalLong committable() {
    if (next < 0) {
      return OptionalLong.empty();
    }
    Map.Entry<Long, Instant> first = open.firstEntry();
    return OptionalLong.of(first == null ? next : first.getKey());
  }

  /** Records that were read and are not finished. */
  int open() {
    return open.size();
  }

  /** The publishing time of the oldest open record. */
  Optional<Instant> oldest() {
    return Optional.ofNullable(open.firstEntry()).map(Map.Entry::getValue);
  }

  /** The publishing time of the last record read. */
  Optional<Instant> newest() {
    return next < 0 ? Optional.empty() : Optional.of(newest);
  }
}
