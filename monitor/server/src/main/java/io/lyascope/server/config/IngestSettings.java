package io.lyascope.server.config;

import java.time.Duration;

/**
 * How much is taken in, and for how long half of something is kept.
 *
 * @param maxSnapshotBytes the largest snapshot or probe file
 * @param maxBufferedBytes what all snapshots being read or waiting may take together
 * @param chunkTimeout after this long a file that is still not whole is given up
 * @param probeTimeout after this long a snapshot whose probe has not come is refused
 */
public record IngestSettings(
    long maxSnapshotBytes, long maxBufferedBytes, Duration chunkTimeout, Duration probeTimeout) {}
