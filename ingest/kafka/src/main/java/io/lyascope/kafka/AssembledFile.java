package io.lyascope.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** A whole file and where its parts came from. The parts' bytes are kept once, in the file. */
final class AssembledFile {
  private final FileId id;
  private final byte[] bytes;
  private final List<Chunk> emptied;
  private final int[] ends;

  private AssembledFile(FileId id, byte[] bytes, List<Chunk> emptied, int[] ends) {
    this.id = id;
    this.bytes = bytes;
    this.emptied = emptied;
    this.ends = ends;
  }

  /**
   * @param chunks all of them, by index
   */
  static AssembledFile of(List<Chunk> chunks) {
    int[] ends = new int[chunks.size()];
    int length = 0;
    for (int i = 0; i < ends.length; i++) {
      length += chunks.get(i).bytes().length;
      ends[i] = length;
    }
    byte[] bytes = new byte[length];
    List<Chunk> emptied = new ArrayList<>(ends.length);
    for (int i = 0; i < ends.length; i++) {
      byte[] part = chunks.get(i).bytes();
      System.arraycopy(part, 0, bytes, ends[i] - part.length, part.length);
      emptied.add(withValue(chunks.get(i), null));
    }
    return new AssembledFile(chunks.getFirst().file(), bytes, emptied, ends);
  }

  FileId id() {
    return id;
  }

  byte[] bytes() {
    return bytes;
  }

  Instant published() {
    return emptied.getFirst().published();
  }

  long firstOffset() {
    return emptied.stream().mapToLong(c -> c.record().offset()).min().orElseThrow();
  }

  /** The records as they came, made again from the file. */
  List<Chunk> originals() {
    List<Chunk> originals = new ArrayList<>(ends.length);
    for (int i = 0; i < ends.length; i++) {
      int start = i == 0 ? 0 : ends[i - 1];
      originals.add(withValue(emptied.get(i), Arrays.copyOfRange(bytes, start, ends[i])));
    }
    return originals;
  }

  /** None of the records need come again. */
  void done() {
    emptied.forEach(chunk -> chunk.ticket().done());
  }

  private static Chunk withValue(Chunk chunk, byte[] value) {
    ConsumerRecord<byte[], byte[]> r = chunk.record();
    var record =
        new ConsumerRecord<>(
            r.topic(),
            r.partition(),
            r.offset(),
            r.timestamp(),
            TimestampType.CREATE_TIME,
            r.serializedKeySize(),
            r.serializedValueSize(),
            r.key(),
            value,
            r.headers(),
            r.leaderEpoch());
    return new Chunk(chunk.file(), chunk.index(), chunk.published(), record, chunk.ticket());
  }
}
