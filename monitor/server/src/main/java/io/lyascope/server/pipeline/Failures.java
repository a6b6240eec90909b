package io.lyascope.server.pipeline;

import io.lyascope.kafka.SnapshotResult;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.RefusedException.Kind;
import java.time.Duration;

/** What stands in a reading in place of a spectrum. */
final class Failures {

  /** The field of a refusal for want of a probe; it is taken back when the probe comes. */
  private static final String NO_PROBE = "probe";

  private Failures() {}

  static Refused withoutProbe(Duration waited) {
    return new Refused(
        Kind.PROBE, NO_PROBE, "no probe of this run has come within " + waited.toSeconds() + " s");
  }

  /** How a snapshot with this outcome is to be remembered. */
  static Mailbox.Settlement settlement(Outcome outcome) {
    return outcome instanceof Refused refused
            && refused.kind() == Kind.PROBE
            && refused.field().equals(NO_PROBE)
        ? Mailbox.Settlement.NO_PROBE
        : Mailbox.Settlement.FINAL;
  }

  /** How a snapshot with this outcome is to be counted. */
  static SnapshotResult result(Outcome outcome) {
    return switch (outcome) {
      case Refused refused when refused.kind() == Kind.UNSUPPORTED -> SnapshotResult.UNSUPPORTED;
      case Refused _ -> SnapshotResult.INVALID;
      case Measured _, Layered _ -> SnapshotResult.OK;
    };
  }
}
