package io.lyascope.server.pipeline;

import io.lyascope.kafka.SnapshotFile;

/**
 * What makes two deliveries of one run the same snapshot.
 *
 * @param digest SHA-256 of the whole file
 */
record SnapshotKey(int attempt, long step, String digest) {

  static SnapshotKey of(SnapshotFile file) {
    return new SnapshotKey(file.attempt(), file.step(), file.digest());
  }

  /** Whether this belongs to an earlier attempt, or to an earlier step of the same attempt. */
  boolean isBefore(SnapshotKey other) {
    return attempt != other.attempt ? attempt < other.attempt : step < other.step;
  }
}
