package io.lyascope.kafka;

import static io.lyascope.kafka.DeadLetterReason.KEY;
import static io.lyascope.kafka.DeadLetterReason.VALUE;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** What a record says of itself. */
final class Records {
  private Records() {}

  static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** Bytes of key, value and headers. */
  static long size(ConsumerRecord<byte[], byte[]> record) {
    long size = (long) length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      size += header.key().length() + length(header.value());
    }
    return size;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** The key as text. */
  static String key(ConsumerRecord<byte[], byte[]> record) throws BrokenRecordException {
    if (record.key() == null || record.key().length == 0) {
      throw new BrokenRecordException(KEY, "the key is missing, wanted the run id");
    }
    return Text.decode(record.key(), KEY, "the key");
  }

  /** The run id of a probe's chunk, whose key is {@code {run}/{i}}; the run id may hold slashes. */
  static String probeRun(ConsumerRecord<byte[], byte[]> record) throws BrokenRecordException {
    String key = key(record);
    int slash = key.lastIndexOf('/');
    if (slash < 1 || !key.substring(slash + 1).matches("\\d{1,9}")) {
      throw new BrokenRecordException(KEY, "the key is " + Text.shown(key) + ", wanted {run}/{i}");
    }
    return key.substring(0, slash);
  }

  /**
   * Reads a record as part of a file.
   *
   * @throws BrokenRecordException if it is none
   */
  static Chunk chunk(FileKind kind, ConsumerRecord<byte[], byte[]> record, Ticket ticket)
      throws BrokenRecordException {
    String run =
        switch (kind) {
          case SNAPSHOT -> key(record);
          case PROBE -> probeRun(record);
        };
    if (record.value() == null || record.value().length == 0) {
      throw new BrokenRecordException(VALUE, "the record has no value");
    }
    ChunkHeaders headers = ChunkHeaders.read(kind, run, record.headers());
    Instant published = headers.time().orElse(Instant.ofEpochMilli(record.timestamp()));
    return new Chunk(headers.file(), headers.index(), published, record, ticket);
  }
}
