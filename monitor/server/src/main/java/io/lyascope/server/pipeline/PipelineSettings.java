package io.lyascope.server.pipeline;

import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Protocol;
import java.time.Duration;
import java.util.Optional;

/**
 * What the pipeline needs to know.
 *
 * @param limits what is refused as too large before it is read
 * @param protocol how spectra are measured where a probe does not say
 * @param workers how many threads measure
 * @param deadline a measurement that takes longer is reported incomplete; empty: none
 * @param probeTimeout after this long a snapshot whose probe has not come is refused
 * @param patience how much unread work of one run is worked off before newer snapshots replace it
 */
public record PipelineSettings(
    Limits limits,
    Protocol protocol,
    int workers,
    Optional<Duration> deadline,
    Duration probeTimeout,
    Patience patience) {}
