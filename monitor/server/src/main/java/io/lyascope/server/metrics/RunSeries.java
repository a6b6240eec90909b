package io.lyascope.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The series of one run in a registry: those, and only those, of its last samples. */
final class RunSeries {

  private final MeterRegistry registry;
  private final String run;
  private final Map<Sample.Key, Series> series = new HashMap<>();

  /** The registry reads the value from its own thread. */
  private static final class Series {
    private volatile double value;
    private Gauge gauge;
  }

  RunSeries(MeterRegistry registry, String run) {
    this.registry = registry;
    this.run = run;
  }

  void update(List<Sample> samples) {
    Set<Sample.Key> gone = new HashSet<>(series.keySet());
    for (Sample sample : samples) {
      gone.remove(sample.key());
      Series known = series.get(sample.key());
      if (known == null) {
        series.put(sample.key(), register(sample));
      } else {
        known.value = sample.value();
      }
    }
    gone.forEach(key -> registry.remove(series.remove(key).gauge));
  }

  void remove() {
    update(List.of());
  }

  private Series register(Sample sample) {
    Series added = new Series();
    added.value = sample.value();
    // Registries hold the state of a gauge weakly unless they are told otherwise.
    added.gauge =
        Gauge.builder(sample.metric().label(), added, s -> s.value)
            .description(sample.metric().help())
            .tag("run", run)
            .tags(sample.labels())
            .strongReference(true)
            .register(registry);
    return added;
  }
}
