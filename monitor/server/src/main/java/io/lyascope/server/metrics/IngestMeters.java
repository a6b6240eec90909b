package io.lyascope.server.metrics;

import io.lyascope.kafka.DeadLetterReason;
import io.lyascope.kafka.IngestMeter;
import io.lyascope.kafka.Lag;
import io.lyascope.kafka.SnapshotResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** What comes in over Kafka, what does not get through, and how far behind the reading is. */
final class IngestMeters implements IngestMeter {

  private final SnapshotCounters snapshots;
  private final Map<DeadLetterReason, Counter> deadLetters = new EnumMap<>(DeadLetterReason.class);
  private final Counter bytes;
  private volatile Lag lag = Lag.NONE;

  IngestMeters(MeterRegistry registry, SnapshotCounters snapshots) {
    this.snapshots = snapshots;
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      deadLetters.put(
          reason,
          Counter.builder("lyascope_dead_letters_total")
              .description("Records or files that went to the dead-letter topic.")
              .tag("reason", reason.label())
              .register(registry));
    }
    bytes =
        Counter.builder("lyascope_snapshot_bytes_total")
            .description("Bytes of snapshots that were received.")
            .register(registry);
    Gauge.builder("lyascope_consumer_lag_records", this, meters -> meters.lag.records())
        .description("Snapshot records whose work is not finished.")
        .strongReference(true)
        .register(registry);
    Gauge.builder(
            "lyascope_consumer_lag_seconds", this, meters -> meters.lag.age().toMillis() / 1e3)
        .description("Age of the oldest snapshot record whose work is not finished.")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void snapshot(SnapshotResult result) {
    snapshots.count(result);
  }

  @Override
  public void deadLetter(DeadLetterReason reason) {
    deadLetters.get(reason).increment();
  }

  @Override
  public void snapshotBytes(long received) {
    bytes.increment((double) received);
  }

  @Override
  public void lag(Lag now) {
    lag = now;
  }

  long deadLetters() {
    return (long) deadLetters.values().stream().mapToDouble(Counter::count).sum();
  }
}
