package io.lyascope.server.config;

import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import java.time.Duration;
import java.util.Optional;

/**
 * How snapshots are measured.
 *
 * @param workers how many snapshots are measured at a time
 * @param protocol the fields that replace the default protocol's; a probe's own win over them
 * @param deadline a reference measurement that takes longer is reported incomplete; empty: none
 * @param patience how far readings may fall behind before newer snapshots replace unread ones
 */
public record AnalysisSettings(
    int workers, ProtocolPatch protocol, Optional<Duration> deadline, Duration patience) {

  /** The protocol for a probe that sets nothing itself. */
  public Protocol defaultProtocol() {
    return Protocol.DEFAULT.with(protocol);
  }
}
