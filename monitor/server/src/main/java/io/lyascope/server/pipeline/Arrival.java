package io.lyascope.server.pipeline;

import io.lyascope.kafka.SnapshotFile;
import io.lyascope.snapshot.Snapshot;
import java.time.Instant;

/**
 * A snapshot that was read and waits to be measured.
 *
 * @param file as it was delivered; whoever lets the reading out finishes it
 * @param at when it came; a missing probe is waited for from here on
 */
record Arrival(SnapshotFile file, Snapshot snapshot, Instant at) {

  String run() {
    return file.run();
  }

  SnapshotKey key() {
    return SnapshotKey.of(file);
  }
}
