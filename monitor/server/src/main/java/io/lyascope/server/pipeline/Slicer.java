package io.lyascope.server.pipeline;

import io.lyascope.server.pipeline.Measurement.Progress;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one slice of a job and says what came of it. Whatever goes wrong in a measurement becomes
 * that snapshot's reading; nothing is thrown.
 */
final class Slicer {

  /** At most two live readings a second and run. */
  static final Duration LIVE_INTERVAL = Duration.ofMillis(500);

  private static final Logger log = LoggerFactory.getLogger(Slicer.class);

  private final Analyzer analyzer;
  private final Optional<Duration> deadline;
  private final Readings readings;
  private final WeightHistory weights = new WeightHistory(WeightHistory.DEFAULT_LIMIT);
  private final InstantSource clock;

  /**
   * @param deadline how long after its first slice a measurement is reported as far as it is; it
   *     counts from the first counted step on, since before there is nothing to report
   */
  Slicer(Analyzer analyzer, Optional<Duration> deadline, InstantSource clock) {
    this.analyzer = analyzer;
    this.deadline = deadline;
    this.readings = new Readings(clock);
    this.clock = clock;
  }

  Slice slice(Job job) {
    try {
      return advance(job);
    } catch (RefusedException e) {
      return new Slice.Finished(readings.refused(job, Refused.of(e)));
    } catch (RuntimeException | Error e) {
      log.error("{}: the measurement failed", job.arrival.file(), e);
      return new Slice.Finished(readings.refused(job, Refused.of(e)));
    }
  }

  private Slice advance(Job job) {
    Instant begin = clock.instant();
    job.begin(analyzer, begin);
    Progress progress = job.measurement().advance();
    Instant end = clock.instant();
    job.worked(Duration.between(begin, end));
    return switch (progress) {
      case COMPLETE -> finished(job);
      case COUNTING -> isOverdue(job, end) ? finished(job) : unfinished(job, end);
      case ESTIMATED -> shown(job, end);
      case SETTLING -> new Slice.Unfinished(Optional.empty());
    };
  }

  private Slice finished(Job job) {
    return new Slice.Finished(readings.reference(job, weights.update(job.arrival.snapshot())));
  }

  private boolean isOverdue(Job job, Instant now) {
    return deadline.filter(limit -> !now.isBefore(job.begun().plus(limit))).isPresent();
  }

  private Slice unfinished(Job job, Instant now) {
    if (now.isBefore(job.lastShown().plus(LIVE_INTERVAL))) {
      return new Slice.Unfinished(Optional.empty());
    }
    return shown(job, now);
  }

  private Slice shown(Job job, Instant now) {
    Reading live = readings.live(job);
    job.shown(now);
    return new Slice.Unfinished(Optional.of(live));
  }
}
