package io.lyascope.kafka;

import java.util.Locale;

/** What became of a snapshot; the label {@code result} of {@code lyascope_snapshots_total}. */
public enum SnapshotResult {
  OK,
  DUPLICATE,
  STALE,
  SUPERSEDED,
  INCOMPLETE,
  INVALID,
  OVERSIZE,
  UNSUPPORTED;

  /** The name in lower snake case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
