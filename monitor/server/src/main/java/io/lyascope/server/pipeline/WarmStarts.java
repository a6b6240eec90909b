package io.lyascope.server.pipeline;

import io.lyascope.dynamics.WarmStart;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the last measurement of each run ended, within a budget of memory: the runs that were
 * measured longest ago lose theirs first. Called by all workers.
 */
final class WarmStarts {

  /** What a run's last measurement was of, weights apart, and where it ended. */
  private record Kept(String setting, WarmStart start) {}

  private final long budget;
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private long bytes;

  /**
   * @param budget in bytes
   */
  WarmStarts(long budget) {
    this.budget = budget;
  }

  /** Keeps where a run's measurement ended in place of an earlier one. */
  synchronized void keep(String run, String setting, WarmStart start) {
    forget(run);
    if (start.bytes() > budget) {
      return;
    }
    kept.put(run, new Kept(setting, start));
    bytes += start.bytes();
    while (bytes > budget) {
      forget(kept.keySet().iterator().next());
    }
  }

  /** Where to begin; what was measured with another network, probe or protocol is forgotten. */
  synchronized Optional<WarmStart> of(String run, String setting) {
    Kept last = kept.get(run);
    if (last == null) {
      return Optional.empty();
    }
    if (!last.setting().equals(setting)) {
      forget(run);
      return Optional.empty();
    }
    return Optional.of(last.start());
  }

  synchronized long bytes() {
    return bytes;
  }

  private void forget(String run) {
    Kept old = kept.remove(run);
    if (old != null) {
      bytes -= old.start().bytes();
    }
  }
}
