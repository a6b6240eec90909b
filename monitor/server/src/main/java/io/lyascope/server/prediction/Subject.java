package io.lyascope.server.prediction;

import io.lyascope.aelle.Evidence;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a prediction is made of, in the monitor and on the command line alike: one snapshot as it
 * was published, what its measurement came to, and what the run says of itself. Scalars that come
 * beside the snapshots are left out, so that the answer does not depend on when one asks.
 */
public record Subject(
    Optional<Architecture> architecture,
    long step,
    OptionalDouble progress,
    Map<String, Double> scalars,
    Outcome outcome,
    Optional<RunDocument> run) {

  /** A reading of the monitor. */
  public static Subject of(Reading reading, Optional<RunDocument> run) {
    return new Subject(
        reading.architecture(),
        reading.step(),
        reading.progress(),
        reading.scalars(),
        reading.outcome(),
        run);
  }

  /** A snapshot that was measured. */
  public static Subject of(Snapshot snapshot, Outcome outcome, Optional<RunDocument> run) {
    return new Subject(
        Optional.of(snapshot.architecture()),
        snapshot.step(),
        snapshot.progress(),
        snapshot.scalars(),
        outcome,
        run);
  }

  /** Whether the measurement came to its end; what a deadline cut short is not predicted from. */
  public boolean isComplete() {
    return switch (outcome) {
      case Measured(var spectrum, _, _) -> spectrum.complete();
      case Layered(var exponents, _, _) -> exponents.complete();
      case Refused _ -> false;
    };
  }

  /** As the snapshot says, or else from the planned number of steps. */
  public OptionalDouble knownProgress() {
    long total = announcedSteps();
    return progress.isPresent() || total <= 0
        ? progress
        : OptionalDouble.of(Math.min(1, (double) step / total));
  }

  /** Only as the run says: what a step is, whoever publishes a snapshot alone may choose. */
  private OptionalDouble plannedSteps() {
    long total = announcedSteps();
    return total > 0 ? OptionalDouble.of((double) total) : OptionalDouble.empty();
  }

  private long announcedSteps() {
    return run.map(document -> document.totalSteps().orElse(0)).orElse(0L);
  }

  /** As predictors want it. */
  public Evidence evidence() {
    return new Evidence(
        architecture,
        knownProgress(),
        plannedSteps(),
        outcome instanceof Measured measured
            ? Optional.of(Evidence.Spectrum.of(measured.spectrum()))
            : Optional.empty(),
        scalars,
        run.map(RunDocument::config).orElse(Map.of()));
  }
}
