package io.lyascope.server.pipeline;

import io.lyascope.kafka.SnapshotResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was counted. */
final class CountingMeter implements PipelineMeter {

  int failedPredictions;
  final List<SnapshotResult> results = new CopyOnWriteArrayList<>();

  @Override
  public void snapshot(SnapshotResult result) {
    results.add(result);
  }

  @Override
  public void stage(Stage stage, Duration duration) {}

  @Override
  public void predictionFailed() {
    failedPredictions++;
  }

  @Override
  public void queueLength(int snapshots) {}
}
