package io.lyascope.server.pipeline;

import io.lyascope.dynamics.Stop;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.snapshot.RefusedException;
import java.time.Duration;
import java.util.Optional;

/**
 * The spectrum of a recurrent network. If it is not there after the first slice, and the run's last
 * measurement left a place to start from, a few steps from there give an estimate to look at. The
 * reference goes on afterwards and owes nothing to it.
 */
final class RecurrentMeasurement implements Measurement {

  /** What surrounds a measurement. */
  interface Surroundings {

    /** A flow that starts where the run's last one ended, if it can. */
    Optional<TangentFlow> warm();

    /** Takes note of a reference that has come as far as it will. */
    void ended(TangentFlow reference);
  }

  /** Counted steps of a warm estimate. */
  private static final int FEW = 8;

  private final TangentFlow reference;
  private final Duration slice;
  private final Surroundings surroundings;

  /** The warm flow, while it is at work. */
  private Optional<TangentFlow> warm = Optional.empty();

  private boolean asked;
  private TangentFlow shown;

  RecurrentMeasurement(TangentFlow reference, Duration slice, Surroundings surroundings) {
    this.reference = reference;
    this.slice = slice;
    this.surroundings = surroundings;
    this.shown = reference;
  }

  @Override
  public Progress advance() {
    if (warm.isPresent()) {
      return estimate(warm.get());
    }
    shown = reference;
    if (reference.advance(slice)) {
      return Progress.COMPLETE;
    }
    if (!asked) {
      asked = true;
      warm = surroundings.warm();
    }
    return reference.countedSteps() > 0 ? Progress.COUNTING : Progress.SETTLING;
  }

  private Progress estimate(TangentFlow flow) {
    try {
      if (!flow.advance(slice) && flow.countedSteps() < FEW) {
        return Progress.SETTLING;
      }
      warm = Optional.empty();
      shown = flow;
      return Progress.ESTIMATED;
    } catch (RefusedException e) {
      // The old states may be too far off for the new weights; the reference decides alone.
      warm = Optional.empty();
      return Progress.SETTLING;
    }
  }

  @Override
  public Outcome outcome(double elapsedSeconds, Stop reason) {
    if (reason != Stop.UNFINISHED) {
      surroundings.ended(reference);
    }
    return new Measured(shown.spectrum(reason), elapsedSeconds);
  }
}
