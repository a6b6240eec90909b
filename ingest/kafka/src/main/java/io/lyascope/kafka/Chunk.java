package io.lyascope.kafka;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that claims to be the part {@code index} of a file.
 *
 * @param published when the publisher sent it, by its own clock
 * @param ticket how the partition learns that the record is finished
 */
record Chunk(
    FileId file,
    int index,
    Instant published,
    ConsumerRecord<byte[], byte[]> record,
    Ticket ticket) {

  // Objects around the bytes of a record: what a flood of tiny chunks costs.
  private static final int OVERHEAD = 256;

  byte[] bytes() {
    return record.value();
  }

  /** Memory that the chunk holds, headers included. */
  long cost() {
    return OVERHEAD + Records.size(record);
  }
}
