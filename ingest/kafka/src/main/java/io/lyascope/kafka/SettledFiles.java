package io.lyascope.kafka;

import static io.lyascope.kafka.DeadLetterReason.CHUNK;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Files about which all has been said a short while ago, so that their late chunks do not begin
 * them anew.
 */
final class SettledFiles {
  private static final int MOST = 4096;

  private final LinkedHashMap<FileId, Settled> files = new LinkedHashMap<>();
  private final Duration memory;

  SettledFiles(Duration memory) {
    this.memory = memory;
  }

  /** The true number of chunks, or none for a file that was too large to know. */
  private record Settled(
      Instant at, Optional<Integer> count, BitSet seenAgain, Set<TopicPartition> partitions) {}

  void whole(AssembledFile file, List<Chunk> chunks, Instant now) {
    Set<TopicPartition> partitions = new HashSet<>();
    chunks.forEach(chunk -> partitions.add(Records.partition(chunk.record())));
    put(file.id(), new Settled(now, Optional.of(file.id().count()), new BitSet(), partitions));
  }

  void oversize(Chunk chunk, Instant now) {
    var partitions = Set.of(Records.partition(chunk.record()));
    put(chunk.file(), new Settled(now, Optional.empty(), new BitSet(), partitions));
  }

  private void put(FileId file, Settled settled) {
    files.remove(file.content());
    files.put(file.content(), settled);
    while (files.size() > MOST || tooOld(files.firstEntry().getValue(), settled.at())) {
      files.pollFirstEntry();
    }
  }

  /** What a chunk is whose file is settled; empty if its file is not. */
  Optional<Outcome> judge(Chunk chunk, Instant now) {
    Settled settled = files.get(chunk.file().content());
    if (settled == null || tooOld(settled, now)) {
      return Optional.empty();
    }
    int claimed = chunk.file().count();
    if (settled.count().isPresent() && settled.count().get() != claimed) {
      String message = "says %d chunks, the file had %d".formatted(claimed, settled.count().get());
      return Optional.of(new Outcome.Broken(CHUNK, message, List.of(chunk)));
    }
    settled.count().ifPresent(count -> settled.seenAgain().set(chunk.index()));
    return Optional.of(new Outcome.Repeated(chunk));
  }

  /** Whether each chunk of a whole file has come again; then counting begins anew. */
  Optional<Outcome> wholeAgain(FileId file) {
    Settled settled = files.get(file.content());
    if (settled == null
        || settled.count().isEmpty()
        || settled.seenAgain().cardinality() < settled.count().get()) {
      return Optional.empty();
    }
    settled.seenAgain().clear();
    return Optional.of(new Outcome.Again(file));
  }

  /** Of this file's run only this file counts as settled: a former one may come back. */
  void forgetOthers(FileId file) {
    files.keySet().removeIf(f -> f.run().equals(file.run()) && !f.equals(file.content()));
  }

  void forget(TopicPartition partition) {
    files.values().removeIf(settled -> settled.partitions().contains(partition));
  }

  private boolean tooOld(Settled settled, Instant now) {
    return settled.at().plus(memory).isBefore(now);
  }
}
