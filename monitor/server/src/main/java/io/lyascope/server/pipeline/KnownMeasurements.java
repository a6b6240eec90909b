package io.lyascope.server.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured to the end, by run and digest of what was measured, so that the same weights at
 * another step are not measured again. Holds a bounded number of exponents, be they a spectrum's or
 * those of a feed-forward network's inputs, and forgets what was used longest ago. Called by all
 * workers.
 */
final class KnownMeasurements {

  /** The digest of what is measured, within a run. */
  private record Key(String run, String measurement) {}

  private final int limit;
  private final Map<Key, Known> known = new LinkedHashMap<>(16, 0.75f, true);
  private int exponents;

  /**
   * @param limit how many exponents all measurements together may have
   */
  KnownMeasurements(int limit) {
    this.limit = limit;
  }

  synchronized void keep(String run, String measurement, Known measured) {
    if (!measured.complete() || measured.exponents() > limit) {
      return;
    }
    Known old = known.put(new Key(run, measurement), measured);
    exponents += measured.exponents() - (old == null ? 0 : old.exponents());
    var eldest = known.values().iterator();
    while (exponents > limit) {
      exponents -= eldest.next().exponents();
      eldest.remove();
    }
  }

  synchronized Optional<Known> of(String run, String measurement) {
    return Optional.ofNullable(known.get(new Key(run, measurement)));
  }
}
