package io.lyascope.server.metrics;

import io.lyascope.server.config.MetricsSettings;
import io.lyascope.server.runs.Run;
import io.lyascope.server.runs.RunState;
import io.lyascope.server.runs.RunWatcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Series of single runs: of a limited number of runs, and no longer than a while after a run has
 * ended or was lost. Belongs to the run book's context.
 */
final class RunMeters implements RunWatcher {

  private final MeterRegistry registry;
  private final MetricsSettings settings;
  private final InstantSource clock;
  private final Counter suppressed;
  private final Map<String, RunSeries> exported = new HashMap<>();
  private final Map<String, Integer> withheld = new HashMap<>();
  private final Map<String, Instant> ended = new HashMap<>();

  RunMeters(MeterRegistry registry, MetricsSettings settings, InstantSource clock) {
    this.registry = registry;
    this.settings = settings;
    this.clock = clock;
    this.suppressed =
        Counter.builder("lyascope_series_suppressed_total")
            .description("Series that were not exported because too many runs were.")
            .register(registry);
  }

  @Override
  public void changed(Run run) {
    if (isOver(run)) {
      ended.computeIfAbsent(run.id(), _ -> end(run));
    } else {
      ended.remove(run.id());
    }
    if (isExpired(run.id())) {
      forget(run.id());
      return;
    }
    List<Sample> samples = RunSamples.of(run);
    RunSeries series = exported.get(run.id());
    if (series == null && exported.size() < settings.maxRuns()) {
      series = new RunSeries(registry, run.id());
      exported.put(run.id(), series);
      withheld.remove(run.id());
    }
    if (series == null) {
      withhold(run.id(), samples.size());
    } else {
      series.update(samples);
    }
  }

  /** Each series is counted once, however often it would have been updated. */
  private void withhold(String run, int series) {
    int before = withheld.getOrDefault(run, 0);
    if (series > before) {
      suppressed.increment(series - before);
      withheld.put(run, series);
    }
  }

  @Override
  public void removed(Run run) {
    ended.remove(run.id());
    forget(run.id());
  }

  /** Looks at the clock. */
  void tick() {
    List.copyOf(exported.keySet()).stream().filter(this::isExpired).forEach(this::forget);
  }

  private void forget(String run) {
    withheld.remove(run);
    RunSeries series = exported.remove(run);
    if (series != null) {
      series.remove();
    }
  }

  private boolean isExpired(String run) {
    Instant end = ended.get(run);
    return end != null && !clock.instant().isBefore(end.plus(settings.runTtl()));
  }

  private static boolean isOver(Run run) {
    return run.state().isOver() || run.state() == RunState.LOST;
  }

  /** A run that ended while the monitor was away does not come back for another while. */
  private Instant end(Run run) {
    Instant now = clock.instant();
    return run.document()
        .flatMap(document -> document.finished())
        .or(run::lastSeen)
        .filter(now::isAfter)
        .orElse(now);
  }
}
