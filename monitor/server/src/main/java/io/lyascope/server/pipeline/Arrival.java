package io.lyascope.server.pipeline;

import io.lyascope.kafka.SnapshotFile;
import io.lyascope.snapshot.Snapshot;
import java.time.Instant;

/**
 * A snapshot that was read and waits to be measured.
 *
 * @param claims as it was delivered, once or more; whoever lets the reading out finishes them
 * @param at when it came first; a missing probe is waited for from here on
 */
record Arrival(Claims claims, Snapshot snapshot, Instant at) {

  Arrival(SnapshotFile file, Snapshot snapshot, Instant at) {
    this(new Claims(file), snapshot, at);
  }

  SnapshotFile file() {
    return claims.first();
  }

  String run() {
    return file().run();
  }

  SnapshotKey key() {
    return claims.key();
  }
}
