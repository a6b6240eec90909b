package io.lyascope.server.pipeline;

import io.lyascope.dynamics.LyapunovSpectrum;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Spectra that were measured to the end, by run and digest of what was measured, so that the same
 * weights at another step are not measured again. Holds a bounded number of exponents and forgets
 * what was used longest ago. Called by all workers.
 */
final class KnownSpectra {

  /**
   * A spectrum.
   *
   * @param step of the snapshot that it was measured of
   */
  record Known(LyapunovSpectrum spectrum, long step) {}

  /** The digest of what is measured, within a run. */
  private record Key(String run, String measurement) {}

  private final int limit;
  private final Map<Key, Known> known = new LinkedHashMap<>(16, 0.75f, true);
  private int exponents;

  /**
   * @param limit how many exponents all spectra together may have
   */
  KnownSpectra(int limit) {
    this.limit = limit;
  }

  synchronized void keep(String run, String measurement, LyapunovSpectrum spectrum, long step) {
    if (!spectrum.complete() || spectrum.exponents().size() > limit) {
      return;
    }
    Known old = known.put(new Key(run, measurement), new Known(spectrum, step));
    exponents += spectrum.exponents().size() - (old == null ? 0 : size(old));
    var eldest = known.values().iterator();
    while (exponents > limit) {
      exponents -= size(eldest.next());
      eldest.remove();
    }
  }

  synchronized Optional<Known> of(String run, String measurement) {
    return Optional.ofNullable(known.get(new Key(run, measurement)));
  }

  private static int size(Known spectrum) {
    return spectrum.spectrum().exponents().size();
  }
}
