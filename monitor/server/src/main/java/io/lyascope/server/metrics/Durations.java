package io.lyascope.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Histograms of durations, all with the same edges, from a millisecond to five minutes. */
final class Durations {

  private static final Duration[] EDGES = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60),
    Duration.ofSeconds(120),
    Duration.ofSeconds(300)
  };

  private Durations() {}

  static Timer histogram(MeterRegistry registry, String name, String help, Tags labels) {
    return Timer.builder(name)
        .description(help)
        .tags(labels)
        .serviceLevelObjectives(EDGES)
        .register(registry);
  }
}
