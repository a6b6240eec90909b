package io.lyascope.server.corpus;

import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.snapshot.Protocol;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A complete spectrum of a run, and when in its training it was.
 *
 * @param progress as the snapshot said it
 */
record MeasuredStage(
    long step,
    OptionalDouble progress,
    Map<String, Double> scalars,
    Protocol protocol,
    List<Double> exponents,
    int dead) {

  static MeasuredStage of(
      long step, OptionalDouble progress, Map<String, Double> scalars, LyapunovSpectrum spectrum) {
    return new MeasuredStage(
        step, progress, scalars, spectrum.protocol(), spectrum.exponents(), spectrum.dead());
  }

  Stage at(double where) {
    return new Stage(where, step, exponents, dead, scalars);
  }
}
