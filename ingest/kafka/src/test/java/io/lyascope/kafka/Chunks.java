package io.lyascope.kafka;

import io.lyascope.snapshot.Digests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;

/** Records as a publisher sends them, without a broker. */
final class Chunks {
  static final String TOPIC = Topics.DEFAULT.snapshots();

  private long offset;

  /** Bytes that differ from file to file. */
  static byte[] file(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static FileId id(String run, long step, byte[] file, int count) {
    return new FileId(run, 0, step, Digests.sha256(file), count);
  }

  /** A file cut in equal parts, with rising offsets in partition 0. */
  List<ConsumerRecord<byte[], byte[]>> records(FileId id, byte[] file) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    int size = Math.ceilDiv(file.length, id.count());
    for (int i = 0; i < id.count(); i++) {
      byte[] part = Arrays.copyOfRange(file, i * size, Math.min(file.length, (i + 1) * size));
      records.add(record(id, i, part));
    }
    return records;
  }

  ConsumerRecord<byte[], byte[]> record(FileId id, int index, byte[] value) {
    Headers headers =
        ChunkHeaders.of(FileKind.SNAPSHOT, id, index, "2026-11-22T12:00:00." + index + "00Z");
    return record(Text.encode(id.run()), value, headers);
  }

  ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value, Headers headers) {
    return at(0, offset++, key, value, headers);
  }

  static ConsumerRecord<byte[], byte[]> at(
      int partition, long offset, byte[] key, byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        TOPIC,
        partition,
        offset,
        1_000 + offset,
        TimestampType.CREATE_TIME,
        key == null ? -1 : key.length,
        value == null ? -1 : value.length,
        key,
        value,
        headers,
        Optional.empty());
  }

  List<Chunk> chunks(FileId id, byte[] file) {
    return records(id, file).stream().map(Chunks::chunk).toList();
  }

  static Chunk chunk(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Records.chunk(FileKind.SNAPSHOT, record, Ticket.NONE);
    } catch (BrokenRecordException e) {
      throw new AssertionError(e);
    }
  }
}
