package io.lyascope.server.pipeline;

import io.lyascope.dynamics.LyapunovSpectrum;

/** A spectrum in the making, worked on one slice after the other, by one thread at a time. */
interface Measurement {

  /** How far a measurement has come. */
  enum Progress {
    /** No step is counted yet, so there is no spectrum to show. */
    SETTLING,
    /** The spectrum so far is a valid estimate, and more steps will improve it. */
    COUNTING,
    /** All steps of the protocol are done. */
    COMPLETE
  }

  /**
   * Works for about one slice.
   *
   * @throws io.lyascope.snapshot.RefusedException where the snapshot or the probe cannot be
   *     measured
   */
  Progress advance();

  /** The spectrum of the steps counted so far; not while {@link Progress#SETTLING}. */
  LyapunovSpectrum spectrum();
}
