package io.lyascope.kafka;

import java.time.Duration;

/**
 * How far the work is behind.
 *
 * @param records snapshot records that are not finished yet, read or not
 * @param age of the oldest unfinished record as far as known, zero if there is none
 */
public record Lag(long records, Duration age) {
  /** Nothing is waiting. */
  public static final Lag NONE = new Lag(0, Duration.ZERO);
}
