package io.lyascope.server.metrics;

import io.lyascope.server.runs.Run;
import io.lyascope.server.runs.RunWatcher;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How many runs do not answer a stop. Belongs to the run book's context. */
final class StopMeters implements RunWatcher {

  private final MeterRegistry registry;
  private final ProjectLabels projects;
  private final Map<String, AtomicInteger> counts = new HashMap<>();

  StopMeters(MeterRegistry registry, ProjectLabels projects) {
    this.registry = registry;
    this.projects = projects;
  }

  /** An alert on a series that appears at its first value would miss that value. */
  @Override
  public void changed(Run run) {
    counts.computeIfAbsent(projects.of(run), this::register);
  }

  @Override
  public void removed(Run run) {
    // Its project stays, as others of it may come.
  }

  void unanswered(Collection<Run> runs) {
    Map<String, Integer> now = new HashMap<>();
    runs.forEach(run -> now.merge(projects.of(run), 1, Integer::sum));
    counts.forEach((project, count) -> count.set(now.getOrDefault(project, 0)));
  }

  private AtomicInteger register(String project) {
    AtomicInteger count = new AtomicInteger();
    Gauge.builder("lyascope_stops_unacknowledged", count, AtomicInteger::get)
        .description("Runs that go on and have not answered the last stop that they were sent.")
        .tags("project", project)
        .strongReference(true)
        .register(registry);
    return count;
  }
}
