package io.lyascope.server.pipeline;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Snapshot;

/** Begins measurements; this is all that the pipeline knows of how spectra come about. */
interface Analyzer {

  /**
   * Prepares a measurement.
   *
   * @throws io.lyascope.snapshot.RefusedException where the snapshot or the probe cannot be
   *     measured
   */
  Measurement begin(Snapshot snapshot, Probe probe);
}
