package io.lyascope.server.metrics;

import io.lyascope.kafka.SnapshotResult;
import io.lyascope.server.pipeline.PipelineMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the pipeline does and how long it takes. */
final class PipelineMeters implements PipelineMeter {

  private final SnapshotCounters snapshots;
  private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
  private final Counter predictionFailures;
  private final AtomicInteger queue = new AtomicInteger();
  private final Timer latency;

  PipelineMeters(MeterRegistry registry, SnapshotCounters snapshots) {
    this.snapshots = snapshots;
    for (Stage stage : Stage.values()) {
      stages.put(
          stage,
          Durations.histogram(
              registry,
              "lyascope_analysis_duration_seconds",
              "Time that one stage of the work on a snapshot took.",
              Tags.of("stage", stage.name().toLowerCase(Locale.ROOT))));
    }
    predictionFailures =
        Counter.builder("lyascope_prediction_failures_total")
            .description("Predictions that failed on an error of the monitor.")
            .register(registry);
    latency =
        Durations.histogram(
            registry,
            "lyascope_pipeline_latency_seconds",
            "Time from the publishing of a snapshot until its values can be scraped.",
            Tags.empty());
    Gauge.builder("lyascope_analysis_queue_length", queue, AtomicInteger::get)
        .description("Snapshots that are unread or being measured.")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void snapshot(SnapshotResult result) {
    snapshots.count(result);
  }

  @Override
  public void stage(Stage stage, Duration duration) {
    stages.get(stage).record(duration);
  }

  @Override
  public void predictionFailed() {
    predictionFailures.increment();
  }

  @Override
  public void queueLength(int waiting) {
    queue.set(waiting);
  }

  void latency(Duration latency) {
    // The clocks of publisher and monitor may differ; nothing was published after it was measured.
    this.latency.record(latency.isNegative() ? Duration.ZERO : latency);
  }
}
