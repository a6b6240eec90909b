package io.lyascope.server.pipeline;

import io.lyascope.dynamics.Stop;
import io.lyascope.server.reading.Reading.Outcome;

/**
 * A spectrum or a feed-forward network's exponents in the making, worked on one slice after the
 * other, by one thread at a time.
 */
interface Measurement {

  /** How far a measurement has come. */
  enum Progress {
    /** No step is counted yet, so there is nothing to show. */
    SETTLING,
    /** A short measurement from where the run's last one ended has led to an estimate. */
    ESTIMATED,
    /** What is there so far is a valid estimate, and more work will improve it. */
    COUNTING,
    /** All that the protocol asks for is done. */
    COMPLETE
  }

  /**
   * Works for about one slice.
   *
   * @throws io.lyascope.snapshot.RefusedException where the snapshot or the probe cannot be
   *     measured
   */
  Progress advance();

  /**
   * What came out so far; not while {@link Progress#SETTLING}.
   *
   * @param elapsedSeconds how long it took
   * @param reason why no more is done, if it is not {@link Progress#COMPLETE}
   */
  Outcome outcome(double elapsedSeconds, Stop reason);
}
