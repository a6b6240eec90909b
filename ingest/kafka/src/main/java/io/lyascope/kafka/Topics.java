package io.lyascope.kafka;

/** The names of all topics, which share a prefix. */
public record Topics(String prefix) {
  /** The names of a default installation. */
  public static final Topics DEFAULT = new Topics("lyascope");

  /** Run documents, compacted. */
  public String runs() {
    return prefix + ".runs.v1";
  }

  /** Chunks of probe files, compacted. */
  public String probes() {
    return prefix + ".probes.v1";
  }

  /** Chunks of snapshot files. */
  public String snapshots() {
    return prefix + ".snapshots.v1";
  }

  /** Scalars documents, also the heartbeat. */
  public String scalars() {
    return prefix + ".scalars.v1";
  }

  /** Readings, predictions, verdicts and decisions. */
  public String results() {
    return prefix + ".results.v1";
  }

  /** Commands to training processes and their acknowledgements. */
  public String control() {
    return prefix + ".control.v1";
  }

  /** Checkpoints of the monitor, compacted. */
  public String state() {
    return prefix + ".state.v1";
  }

  /** Records that are not what their topic holds, as they came. */
  public String deadLetters() {
    return prefix + ".snapshots.v1.dlt";
  }
}
