package io.lyascope.server.pipeline;

import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.Stop;
import io.lyascope.snapshot.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Spectra for tests that only pass them on. */
final class Spectra {

  private Spectra() {}

  static LyapunovSpectrum of(double exponent, Stop stopped) {
    return new LyapunovSpectrum(
        Protocol.DEFAULT,
        stopped,
        stopped == Stop.COMPLETE,
        List.of(exponent),
        Optional.empty(),
        Optional.empty(),
        List.of(1e-12),
        1,
        0,
        exponent,
        exponent,
        exponent,
        0,
        OptionalDouble.of(exponent),
        OptionalDouble.of(exponent),
        OptionalDouble.of(0),
        0,
        0,
        0,
        0,
        OptionalDouble.empty(),
        0,
        1,
        1,
        OptionalDouble.empty(),
        Optional.empty());
  }
}
