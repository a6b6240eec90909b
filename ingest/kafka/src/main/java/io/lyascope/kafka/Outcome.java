package io.lyascope.kafka;

import java.util.List;

/** What a chunk, or the passing of time, leads to. */
sealed interface Outcome {
  /** All parts are there and have the announced digest. */
  record Whole(AssembledFile file) implements Outcome {}

  /** A part that was there already; nothing is lost without it. */
  record Repeated(Chunk chunk) implements Outcome {}

  /** A file that was delivered has come once more, whole. */
  record Again(FileId file) implements Outcome {}

  /** Records that lie about themselves. */
  record Broken(DeadLetterReason reason, String message, List<Chunk> chunks) implements Outcome {}

  /** A file that is given up: it never became whole, or there is no room for it. */
  record Dropped(SnapshotResult result, FileId file, List<Chunk> chunks) implements Outcome {}
}
