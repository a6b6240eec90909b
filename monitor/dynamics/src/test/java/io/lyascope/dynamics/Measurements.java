package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;

/** Spectra of systems that need no probe but the state they start from. */
final class Measurements {

  private Measurements() {}

  static LyapunovSpectrum of(TangentMap map, String protocol, double... state) {
    Protocol parsed = Probes.protocol(protocol);
    int length = parsed.warmup() + parsed.burnIn() + parsed.steps();
    return TangentFlow.begin(map, Probes.autonomous(length, state), parsed).finish();
  }
}
