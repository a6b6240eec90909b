package io.lyascope.server.pipeline;

import java.time.Duration;
import java.time.Instant;

/**
 * One snapshot on its way to a reading. Whoever took it from the {@link Mailroom} owns it until it
 * is given back, so the tangent flow inside is only ever touched by one thread at a time.
 */
final class Job {

  final Arrival arrival;
  final KnownProbe probe;
  private Measurement measurement;
  private Instant begun;
  private Instant lastShown;
  private Duration worked = Duration.ZERO;

  Job(Arrival arrival, KnownProbe probe) {
    this.arrival = arrival;
    this.probe = probe;
  }

  String run() {
    return arrival.run();
  }

  /** Begins the measurement, unless it has begun. */
  void begin(Analyzer analyzer, Instant now) {
    if (measurement != null) {
      return;
    }
    begun = now;
    lastShown = now;
    measurement =
        switch (probe) {
          case KnownProbe.Usable(var usable, _) -> analyzer.begin(arrival.snapshot(), usable);
          case KnownProbe.Broken(var reason) -> throw reason;
        };
  }

  Measurement measurement() {
    return measurement;
  }

  /** When the first slice began. */
  Instant begun() {
    return begun;
  }

  void worked(Duration slice) {
    worked = worked.plus(slice);
  }

  /** The time spent on this job itself, without the slices of others in between. */
  Duration worked() {
    return worked;
  }

  void shown(Instant now) {
    lastShown = now;
  }

  /** When an estimate was last shown; the beginning, if none was. */
  Instant lastShown() {
    return lastShown;
  }
}
