package io.lyascope.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** The parts of a file that have come so far. */
final class PartialFile {
  private final FileId id;
  private final TreeMap<Integer, Chunk> chunks = new TreeMap<>();
  private long bytes;
  private long cost;
  private Instant touched;

  PartialFile(FileId id, Instant now) {
    this.id = id;
    this.touched = now;
  }

  FileId id() {
    return id;
  }

  /** Bytes of the file that are here. */
  long bytes() {
    return bytes;
  }

  /** Memory held. */
  long cost() {
    return cost;
  }

  /** When the last new part came, or could have come. */
  Instant touched() {
    return touched;
  }

  void touch(Instant now) {
    touched = now;
  }

  Optional<Chunk> at(int index) {
    return Optional.ofNullable(chunks.get(index));
  }

  void add(Chunk chunk, Instant now) {
    chunks.put(chunk.index(), chunk);
    bytes += chunk.bytes().length;
    cost += chunk.cost();
    touched = now;
  }

  boolean whole() {
    return chunks.size() == id.count();
  }

  List<Chunk> chunks() {
    return new ArrayList<>(chunks.values());
  }

  long lastOffset() {
    return chunks.values().stream().mapToLong(c -> c.record().offset()).max().orElse(-1);
  }

  boolean touches(TopicPartition partition) {
    return chunks.values().stream().anyMatch(c -> Records.partition(c.record()).equals(partition));
  }
}
