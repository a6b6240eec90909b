package io.lyascope.kafka;

import java.util.Locale;

/** Why a record is not what its topic holds. */
public enum DeadLetterReason {
  /** The key is missing, empty or no UTF-8. */
  KEY,
  /** The record has no value. */
  VALUE,
  /** A header is missing, unreadable or contradicts the key or the topic. */
  HEADER,
  /** The header {@code lyascope-chunk} is no {@code i/n}, or lies about the file. */
  CHUNK,
  /** Another content came under the same place in the same file. */
  CONFLICT,
  /** The file is whole, and its digest is not the announced one. */
  DIGEST,
  /** The file is whole and as announced, and it is no snapshot or probe. */
  MALFORMED,
  /** The value is no readable document of its topic. */
  DOCUMENT,
  /** The monitor itself failed on it. */
  FAILED;

  /** The name in lower snake case, as in header and metric. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
