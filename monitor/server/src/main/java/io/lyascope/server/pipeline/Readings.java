package io.lyascope.server.pipeline;

import io.lyascope.dynamics.Stop;
import io.lyascope.dynamics.WeightUpdate;
import io.lyascope.kafka.SnapshotFile;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.reading.Reading.Kind;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.server.reading.Reading.Refused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Puts readings together from what the pipeline knows of a snapshot. */
record Readings(InstantSource clock) {

  /**
   * What was measured, be it all steps or those that the deadline allowed.
   *
   * @param update since the run's snapshot before it
   */
  Reading reference(Job job, Optional<WeightUpdate> update) {
    Outcome outcome = measured(job, Stop.DEADLINE);
    return of(Kind.REFERENCE, job.arrival, job.probe.source(), update, outcome);
  }

  /** What has been measured so far. */
  Reading live(Job job) {
    Outcome outcome = measured(job, Stop.UNFINISHED);
    return of(Kind.LIVE, job.arrival, job.probe.source(), Optional.empty(), outcome);
  }

  /** A snapshot whose measurement was refused or failed. */
  Reading refused(Job job, Refused reason) {
    return of(Kind.REFERENCE, job.arrival, job.probe.source(), Optional.empty(), reason);
  }

  /** A snapshot whose probe has not come. */
  Reading withoutProbe(Arrival arrival, Duration waited) {
    Refused reason = Failures.withoutProbe(waited);
    return of(Kind.REFERENCE, arrival, Optional.empty(), Optional.empty(), reason);
  }

  /** A file of which nothing is known but what its records say. */
  Reading unread(SnapshotFile file, Refused reason) {
    return new Reading(
        Kind.REFERENCE,
        file.run(),
        file.attempt(),
        file.step(),
        OptionalDouble.empty(),
        Map.of(),
        file.digest(),
        "unknown",
        Optional.empty(),
        clock.instant(),
        Optional.empty(),
        Optional.empty(),
        reason);
  }

  private static Outcome measured(Job job, Stop reason) {
    double seconds = job.worked().toNanos() / (double) Duration.ofSeconds(1).toNanos();
    return job.measurement().outcome(seconds, reason);
  }

  private Reading of(
      Kind kind,
      Arrival arrival,
      Optional<String> probeSource,
      Optional<WeightUpdate> update,
      Outcome outcome) {
    var snapshot = arrival.snapshot();
    return new Reading(
        kind,
        snapshot.run(),
        snapshot.attempt(),
        snapshot.step(),
        snapshot.progress(),
        snapshot.scalars(),
        arrival.file().digest(),
        snapshot.architecture().cell(),
        Optional.of(snapshot.architecture()),
        clock.instant(),
        probeSource,
        update,
        outcome);
  }
}
