package io.lyascope.server.pipeline;

import io.lyascope.kafka.SnapshotFile;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Every delivery of one snapshot that is owed a reading: the first, and those that came again
 * before there was one. Grows under the lock of the {@link Mailroom} only.
 */
final class Claims {

  private final List<SnapshotFile> files;

  Claims(SnapshotFile first) {
    this.files = new CopyOnWriteArrayList<>(List.of(first));
  }

  void join(Claims again) {
    files.addAll(again.files);
  }

  /** The delivery whose bytes are measured. */
  SnapshotFile first() {
    return files.getFirst();
  }

  SnapshotKey key() {
    return SnapshotKey.of(first());
  }

  /** Nothing is owed any more: no record behind any of the deliveries need come again. */
  void done() {
    files.forEach(SnapshotFile::done);
  }
}
