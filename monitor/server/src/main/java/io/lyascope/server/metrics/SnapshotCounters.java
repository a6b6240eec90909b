package io.lyascope.server.metrics;

import io.lyascope.kafka.SnapshotResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** What became of snapshots. Every result is there from the start, so that its increase is seen. */
final class SnapshotCounters {

  private final Map<SnapshotResult, Counter> counters = new EnumMap<>(SnapshotResult.class);

  SnapshotCounters(MeterRegistry registry) {
    for (SnapshotResult result : SnapshotResult.values()) {
      counters.put(
          result,
          Counter.builder("lyascope_snapshots_total")
              .description("Snapshots by what became of them.")
              .tag("result", result.label())
              .register(registry));
    }
  }

  void count(SnapshotResult result) {
    counters.get(result).increment();
  }

  long sum(SnapshotResult... results) {
    double sum = 0;
    for (SnapshotResult result : results) {
      sum += counters.get(result).count();
    }
    return (long) sum;
  }
}
