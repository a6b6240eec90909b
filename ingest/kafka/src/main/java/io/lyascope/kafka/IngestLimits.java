package io.lyascope.kafka;

import java.time.Duration;

/**
 * What keeps the ingest within its memory.
 *
 * @param fileBytes the largest file that is accepted
 * @param runBytes half-received bytes of one run, above it the run's stalest file is dropped
 * @param totalBytes half-received bytes of all runs together
 * @param inFlightBytes files handed on and not finished, above it reading pauses
 * @param chunkTimeout how long a half-received file waits for its next chunk
 * @param scalarsHistory how far back scalars are read at a start
 */
public record IngestLimits(
    long fileBytes,
    long runBytes,
    long totalBytes,
    long inFlightBytes,
    Duration chunkTimeout,
    Duration scalarsHistory) {

  /** Files up to 256 MiB, a minute for a chunk, a day of scalars. */
  public static final IngestLimits DEFAULT = of(256L << 20, Duration.ofSeconds(60));

  /** Everything in proportion to the largest file. */
  public static IngestLimits of(long largestFile, Duration chunkTimeout) {
    long fileBytes = Math.min(largestFile, Integer.MAX_VALUE - 8L); // What an array can hold.
    return new IngestLimits(
        fileBytes, 2 * fileBytes, 3 * fileBytes, fileBytes, chunkTimeout, Duration.ofDays(1));
  }
}
