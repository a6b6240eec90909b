package io.lyascope.server.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.lyascope.dynamics.Stop;
import io.lyascope.server.pipeline.Measurement.Progress;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlicerTest {

  private static final Duration SLICE = Duration.ofMillis(200);

  private final ManualClock clock = new ManualClock();

  @Test
  void finishedMeasurementGivesAReferenceReadingWithTheTimeSpentOnIt() {
    Slicer slicer = slicer(steps(Progress.SETTLING, Progress.COUNTING, Progress.COMPLETE));
    Job job = job();
    for (int i = 0; i < 2; i++) {
      assertInstanceOf(Slice.Unfinished.class, slicer.slice(job));
      clock.advance(Duration.ofMinutes(1)); // other runs' slices
    }

    Reading reading = finished(slicer.slice(job));
    assertEquals(Reading.Kind.REFERENCE, reading.kind());
    assertEquals("digest-10", reading.digest());
    assertEquals(Optional.of("validation"), reading.probeSource());
    assertEquals(0.6, ((Measured) reading.outcome()).elapsedSeconds(), 1e-12);
  }

  @Test
  void estimatesAreShownTwiceASecondAtMost() {
    Slicer slicer = slicer(steps(Progress.COUNTING));
    Job job = job();
    List<Boolean> shown = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      shown.add(((Slice.Unfinished) slicer.slice(job)).live().isPresent());
    }
    assertEquals(List.of(false, false, true, false, false, true, false), shown);
  }

  @Test
  void aWarmEstimateIsShownAtOnceAndNeverTakenForAReference() {
    Slicer slicer =
        slicer(
            steps(Progress.SETTLING, Progress.ESTIMATED, Progress.SETTLING),
            Optional.of(Duration.ofMillis(1)));
    Job job = job();
    assertEquals(new Slice.Unfinished(Optional.empty()), slicer.slice(job));
    Reading live = ((Slice.Unfinished) slicer.slice(job)).live().orElseThrow();
    assertEquals(Reading.Kind.LIVE, live.kind());
    assertEquals(new Slice.Unfinished(Optional.empty()), slicer.slice(job));
  }

  @Test
  void estimateIsALiveReading() {
    Slicer slicer = slicer(steps(Progress.COUNTING));
    Job job = job();
    slicer.slice(job);
    slicer.slice(job);
    Reading live = ((Slice.Unfinished) slicer.slice(job)).live().orElseThrow();
    assertEquals(Reading.Kind.LIVE, live.kind());
    assertEquals(Stop.UNFINISHED, live.spectrum().orElseThrow().stopped());
  }

  @Test
  void nothingIsShownBeforeTheFirstCountedStep() {
    Slicer slicer = slicer(steps(Progress.SETTLING));
    Job job = job();
    for (int i = 0; i < 10; i++) {
      assertEquals(new Slice.Unfinished(Optional.empty()), slicer.slice(job));
    }
  }

  @Test
  void measurementPastItsDeadlineIsReportedAsFarAsItIs() {
    Slicer slicer = slicer(steps(Progress.COUNTING), Optional.of(Duration.ofMillis(500)));
    Job job = job();
    assertInstanceOf(Slice.Unfinished.class, slicer.slice(job));
    assertInstanceOf(Slice.Unfinished.class, slicer.slice(job));
    Reading reading = finished(slicer.slice(job));
    assertEquals(Reading.Kind.REFERENCE, reading.kind());
    assertEquals(Stop.DEADLINE, reading.spectrum().orElseThrow().stopped());
  }

  @Test
  void deadlineWaitsForTheFirstCountedStep() {
    Slicer slicer =
        slicer(
            steps(Progress.SETTLING, Progress.SETTLING, Progress.COUNTING),
            Optional.of(Duration.ofMillis(1)));
    Job job = job();
    assertInstanceOf(Slice.Unfinished.class, slicer.slice(job));
    assertInstanceOf(Slice.Unfinished.class, slicer.slice(job));
    assertInstanceOf(Slice.Finished.class, slicer.slice(job));
  }

  @Test
  void refusedMeasurementKeepsItsReason() {
    Slicer slicer =
        slicer(failing(new RefusedException(Kind.NONFINITE_WEIGHTS, "weight_hh_l0", "is NaN")));
    assertEquals(
        new Refused(Kind.NONFINITE_WEIGHTS, "weight_hh_l0", "is NaN"),
        finished(slicer.slice(job())).outcome());
  }

  @Test
  void whateverElseGoesWrongBecomesAnInternalError() {
    for (Throwable failure : List.of(new IllegalStateException("bug"), new OutOfMemoryError())) {
      Refused refused = (Refused) finished(slicer(failing(failure)).slice(job())).outcome();
      assertEquals(Kind.INTERNAL, refused.kind());
    }
  }

  @Test
  void brokenProbeRefusesTheSnapshotWithItsReason() {
    var reason = new RefusedException(Kind.PROTOCOL, "steps", "steps is -1");
    Job job = new Job(Arrivals.step(10), new KnownProbe.Broken(reason));
    assertEquals(
        new Refused(Kind.PROTOCOL, "steps", "steps is -1"),
        finished(slicer(steps(Progress.COMPLETE)).slice(job)).outcome());
  }

  private static Reading finished(Slice slice) {
    return assertInstanceOf(Slice.Finished.class, slice).reading();
  }

  private static Job job() {
    return new Job(Arrivals.step(10), Arrivals.PROBE);
  }

  private Slicer slicer(Analyzer analyzer) {
    return slicer(analyzer, Optional.empty());
  }

  private Slicer slicer(Analyzer analyzer, Optional<Duration> deadline) {
    return new Slicer(analyzer, deadline, clock);
  }

  /**
   * Measurements that take {@link #SLICE} a slice and go through these stages, the last for ever.
   */
  private Analyzer steps(Progress... stages) {
    return (_, _) -> new Staged(List.of(stages));
  }

  private static Analyzer failing(Throwable failure) {
    return new Analyzer() {
      @Override
      public Measurement begin(Snapshot snapshot, Probe probe) {
        switch (failure) {
          case RuntimeException e -> throw e;
          case Error e -> throw e;
          default -> throw new AssertionError(failure);
        }
      }
    };
  }

  private final class Staged implements Measurement {

    private final List<Progress> stages;
    private int slices;

    Staged(List<Progress> stages) {
      this.stages = stages;
    }

    @Override
    public Progress advance() {
      clock.advance(SLICE);
      return stages.get(Math.min(slices++, stages.size() - 1));
    }

    @Override
    public Outcome outcome(double elapsedSeconds, Stop reason) {
      Progress reached = stages.get(Math.min(slices, stages.size()) - 1);
      return new Measured(
          Spectra.of(0.5, reached == Progress.COMPLETE ? Stop.COMPLETE : reason), elapsedSeconds);
    }
  }
}
