package io.lyascope.kafka;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From records to whole files; everything else is told, counted and finished here. */
final class FileFeed {
  private static final Logger log = LoggerFactory.getLogger(FileFeed.class);

  /** What happens beside whole files. */
  interface Losses {
    /** Records that are no part of a file, or a file that is not what it says. */
    void broken(
        DeadLetterReason reason,
        String message,
        List<ConsumerRecord<byte[], byte[]>> records,
        Runnable stored);

    /** A file that is given up or comes again. */
    void ended(SnapshotResult result);
  }

  private final Set<SnapshotResult> told = EnumSet.noneOf(SnapshotResult.class);
  private final FileKind kind;
  private final Reassembly reassembly;
  private final Consumer<AssembledFile> whole;
  private final Losses losses;

  FileFeed(FileKind kind, Reassembly reassembly, Consumer<AssembledFile> whole, Losses losses) {
    this.kind = kind;
    this.reassembly = reassembly;
    this.whole = whole;
    this.losses = losses;
  }

  void take(ConsumerRecord<byte[], byte[]> record, Ticket ticket, Instant now) {
    try {
      Chunk chunk = Records.chunk(kind, record, ticket);
      reassembly.offer(chunk, now).forEach(this::settle);
    } catch (BrokenRecordException e) {
      losses.broken(e.reason(), e.getMessage(), List.of(record), ticket::done);
    }
  }

  void giveUp(FileId file) {
    reassembly.giveUp(file).ifPresent(this::settle);
  }

  private void tell(SnapshotResult result, FileId file, int chunks) {
    if (told.add(result)) {
      log.warn(
          "Given up as {}, {} chunks here: {}. Others are counted", result.label(), chunks, file);
    } else {
      log.debug("Given up as {}, {} chunks here: {}", result.label(), chunks, file);
    }
  }

  private void settle(Outcome outcome) {
    switch (outcome) {
      case Outcome.Whole(AssembledFile file) -> whole.accept(file);
      case Outcome.Repeated(Chunk chunk) -> chunk.ticket().done();
      case Outcome.Again(FileId file) -> {
        log.debug("Again: {}", file);
        losses.ended(SnapshotResult.DUPLICATE);
      }
      case Outcome.Broken(DeadLetterReason reason, String message, List<Chunk> chunks) ->
          losses.broken(
              reason,
              message,
              chunks.stream().map(Chunk::record).toList(),
              () -> chunks.forEach(chunk -> chunk.ticket().done()));
      case Outcome.Dropped(SnapshotResult result, FileId file, List<Chunk> chunks) -> {
        tell(result, file, chunks.size());
        chunks.forEach(chunk -> chunk.ticket().done());
        losses.ended(result);
      }
    }
  }
}
