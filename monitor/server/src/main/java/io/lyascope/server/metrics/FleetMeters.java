package io.lyascope.server.metrics;

import io.lyascope.server.runs.Run;
import io.lyascope.server.runs.RunWatcher;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How many runs there are by project and state. Belongs to the run book's context. */
final class FleetMeters implements RunWatcher {

  private final MeterRegistry registry;
  private final ProjectLabels projects;
  private final Map<String, Tags> places = new HashMap<>();
  private final Map<Tags, AtomicInteger> counts = new HashMap<>();

  FleetMeters(MeterRegistry registry, ProjectLabels projects) {
    this.registry = registry;
    this.projects = projects;
  }

  @Override
  public void changed(Run run) {
    Tags place = Tags.of("project", projects.of(run), "state", run.state().label());
    Tags before = places.put(run.id(), place);
    if (!place.equals(before)) {
      counts.computeIfAbsent(place, this::register).incrementAndGet();
      leave(before);
    }
  }

  @Override
  public void removed(Run run) {
    leave(places.remove(run.id()));
  }

  private void leave(Tags place) {
    if (place != null) {
      counts.get(place).decrementAndGet();
    }
  }

  private AtomicInteger register(Tags place) {
    AtomicInteger count = new AtomicInteger();
    Gauge.builder("lyascope_runs", count, AtomicInteger::get)
        .description("Runs that the monitor knows, by project and state.")
        .tags(place)
        .strongReference(true)
        .register(registry);
    return count;
  }
}
