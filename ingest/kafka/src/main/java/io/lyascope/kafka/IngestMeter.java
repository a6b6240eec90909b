package io.lyascope.kafka;

/** What is counted on the way in. Called from several threads; must not throw. */
public interface IngestMeter {
  /** A snapshot ended on the way in: incomplete, oversize, invalid, or a duplicate. */
  void snapshot(SnapshotResult result);

  /** A record or file went to the dead-letter topic; once a file, whatever its chunks. */
  void deadLetter(DeadLetterReason reason);

  /** Bytes of snapshot chunks were received. */
  void snapshotBytes(long bytes);

  /** How far the work is behind, about once a second. */
  void lag(Lag lag);
}
