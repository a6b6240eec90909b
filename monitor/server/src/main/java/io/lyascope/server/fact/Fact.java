package io.lyascope.server.fact;

import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Something that the monitor has learned and that will not change any more. */
public sealed interface Fact {

  /** A run's document was published or replaced. */
  record RunDeclared(RunDocument document) implements Fact {}

  /** A run's document was deleted; what was measured of it stays. */
  record RunRemoved(String run) implements Fact {}

  /** A heartbeat, with what the training process measured itself. */
  record ScalarsReported(ScalarsDocument document) implements Fact {}

  /**
   * A snapshot was read and is neither a duplicate nor stale; whether it gets a reading is not
   * known yet.
   *
   * @param progress 0..1 of the planned training, if the run says so
   * @param at when the monitor had it whole
   * @param bytes the size of the file
   */
  record SnapshotArrived(
      String run,
      int attempt,
      long step,
      OptionalDouble progress,
      Instant at,
      long bytes,
      Architecture architecture)
      implements Fact {}

  /**
   * A run's probe is known, or was replaced by another.
   *
   * @param digest SHA-256 of the probe file
   * @param source {@code validation}, {@code training} or {@code synthetic}; empty for a probe that
   *     cannot be used
   */
  record ProbeArrived(String run, String digest, Optional<String> source) implements Fact {}

  /**
   * A snapshot has its reading, or a measurement in progress has a better estimate.
   *
   * @param published when the snapshot was published; empty where that is not known any more
   */
  record ReadingMade(Reading reading, Origin origin, Optional<Instant> published) implements Fact {}

  /** A reference reading has foretold something; it replaces what the same step foretold before. */
  record PredictionMade(PredictionDocument prediction, Origin origin) implements Fact {}

  /** Somebody wants something of a run, or its process has answered. */
  record ControlSeen(ControlDocument document) implements Fact {}

  /** How the monitor itself is doing; published when it changes. */
  record MonitorHealth(KafkaState kafka, Instant at) implements Fact {}

  /** Where a reading or a prediction comes from. */
  enum Origin {
    /** It has just been measured. */
    NEW,
    /** It was read back from the results topic when the monitor started. */
    RESTORED
  }

  /** What the monitor knows about its broker. */
  enum KafkaState {
    /** Not reached yet, or its topics are not there yet. */
    CONNECTING,
    /** Reached; earlier readings are being read back. */
    RESTORING,
    /** Snapshots are being read. */
    READY,
    /** The monitor is closing and takes no more snapshots. */
    CLOSING
  }
}
