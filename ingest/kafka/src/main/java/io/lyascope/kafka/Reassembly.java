package io.lyascope.kafka;

import static io.lyascope.kafka.DeadLetterReason.CHUNK;
import static io.lyascope.kafka.DeadLetterReason.CONFLICT;
import static io.lyascope.kafka.DeadLetterReason.DIGEST;
import static io.lyascope.kafka.SnapshotResult.INCOMPLETE;
import static io.lyascope.kafka.SnapshotResult.OVERSIZE;

import io.lyascope.snapshot.Digests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts files together from chunks in any order, repeated, and between those of other files. Holds
 * no more than its limits and trusts no chunk: what is handed on has its digest. Knows no clock and
 * no Kafka client; one thread.
 */
final class Reassembly {
  // Far above what honest publishers begin at a time; a flood of beginnings costs more than bytes.
  private static final int MOST_FILES = 4096;

  private final IngestLimits limits;
  private final PartialFiles partials = new PartialFiles();
  private final SettledFiles settled;

  Reassembly(IngestLimits limits) {
    this.limits = limits;
    this.settled = new SettledFiles(limits.chunkTimeout());
  }

  /** Takes a chunk; most lead to nothing yet. */
  List<Outcome> offer(Chunk chunk, Instant now) {
    Optional<Outcome> late = settled.judge(chunk, now);
    if (late.isPresent()) {
      List<Outcome> outcomes = new ArrayList<>(List.of(late.get()));
      settled.wholeAgain(chunk.file()).ifPresent(outcomes::add);
      return outcomes;
    }
    PartialFile partial = partials.at(chunk.file(), now);
    Optional<Chunk> former = partial.at(chunk.index());
    if (former.isPresent()) {
      return List.of(repeated(former.get(), chunk));
    }
    partials.add(partial, chunk, now);
    if (partial.bytes() > limits.fileBytes()) {
      partials.remove(partial);
      settled.oversize(chunk, now);
      return List.of(new Outcome.Dropped(OVERSIZE, partial.id(), partial.chunks()));
    }
    return partial.whole() ? finish(partial, now) : makeRoom(partial);
  }

  /** Files whose next chunk has not come in time; the caller decides when to give them up. */
  List<FileId> overdue(Instant now) {
    Instant line = now.minus(limits.chunkTimeout());
    return partials.stream()
        .filter(partial -> !partial.touched().isAfter(line))
        .map(PartialFile::id)
        .toList();
  }

  /** Lets everything wait anew, because nothing could have come for a while. */
  void extend(Instant now) {
    partials.stream().forEach(partial -> partial.touch(now));
  }

  /** Gives up a file, unless it has become whole by now. */
  Optional<Outcome> giveUp(FileId file) {
    return partials
        .find(file)
        .map(partial -> {
          partials.remove(partial);
          return new Outcome.Dropped(INCOMPLETE, file, partial.chunks());
        });
  }

  /**
   * Forgets everything that has to do with a partition: its records will come again, to whoever
   * owns it next.
   *
   * @return chunks from other partitions that can no longer become whole here
   */
  List<Chunk> forget(TopicPartition partition) {
    settled.forget(partition);
    List<Chunk> orphans = new ArrayList<>();
    for (PartialFile partial : partials.stream().filter(p -> p.touches(partition)).toList()) {
      partials.remove(partial);
      partial.chunks().stream()
          .filter(chunk -> !Records.partition(chunk.record()).equals(partition))
          .forEach(orphans::add);
    }
    return orphans;
  }

  /**
   * Drops silently what a whole file of a compacted topic replaces: the last chunks of a longer
   * predecessor stay behind for ever, before those of the file itself.
   */
  void replaceFormer(AssembledFile file) {
    settled.forgetOthers(file.id());
    partials.stream()
        .filter(partial -> partial.id().run().equals(file.id().run()))
        .filter(partial -> partial.lastOffset() < file.firstOffset())
        .toList()
        .forEach(partials::remove);
  }

  /** Memory held by files that are not whole. */
  long cost() {
    return partials.cost();
  }

  private static Outcome repeated(Chunk former, Chunk chunk) {
    if (Arrays.equals(former.bytes(), chunk.bytes())) {
      return new Outcome.Repeated(chunk);
    }
    String message =
        "another content came for chunk %d/%d".formatted(chunk.index(), chunk.file().count());
    return new Outcome.Broken(CONFLICT, message, List.of(chunk));
  }

  private List<Outcome> finish(PartialFile partial, Instant now) {
    partials.remove(partial);
    List<Chunk> chunks = partial.chunks();
    AssembledFile file = AssembledFile.of(chunks);
    String digest = Digests.sha256(file.bytes());
    if (!digest.equals(partial.id().digest())) {
      String message =
          "the file of %d bytes has digest %s, announced was %s"
              .formatted(file.bytes().length, digest, partial.id().digest());
      return List.of(new Outcome.Broken(DIGEST, message, chunks));
    }
    settled.whole(file, chunks, now);
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(new Outcome.Whole(file));
    for (PartialFile liar : partials.sameContent(partial.id())) {
      partials.remove(liar);
      String message =
          "says %d chunks, the file had %d".formatted(liar.id().count(), partial.id().count());
      outcomes.add(new Outcome.Broken(CHUNK, message, liar.chunks()));
    }
    return outcomes;
  }

  /** The run's own stalest file goes first; then that of the run which holds most. */
  private List<Outcome> makeRoom(PartialFile current) {
    List<Outcome> outcomes = new ArrayList<>();
    String run = current.id().run();
    while (partials.cost(run) > limits.runBytes()) {
      outcomes.add(drop(partials.stalest(run, current)));
    }
    while (partials.cost() > limits.totalBytes() || partials.count() > MOST_FILES) {
      outcomes.add(drop(partials.stalest(partials.costliestRun(), current)));
    }
    return outcomes;
  }

  private Outcome drop(PartialFile partial) {
    partials.remove(partial);
    return new Outcome.Dropped(INCOMPLETE, partial.id(), partial.chunks());
  }
}
