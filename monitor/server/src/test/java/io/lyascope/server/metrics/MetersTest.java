package io.lyascope.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.kafka.DeadLetterReason;
import io.lyascope.kafka.Lag;
import io.lyascope.kafka.SnapshotResult;
import io.lyascope.server.config.MetricsSettings;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.pipeline.PipelineMeter.Stage;
import io.lyascope.server.prediction.Forecasts;
import io.lyascope.server.runs.Facts;
import io.lyascope.server.runs.Readings;
import io.lyascope.server.runs.RunBook;
import io.lyascope.server.runs.TestClock;
import io.lyascope.snapshot.RefusedException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetersTest {

  private final TestClock clock = new TestClock();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters =
      new Meters(registry, new MetricsSettings(2, Duration.ofMinutes(15)), clock);
  private final RunBook book = new RunBook(clock);

  MetersTest() {
    book.watch(meters.runs());
  }

  private void accept(Fact fact) {
    book.accept(fact);
    meters.accept(fact);
  }

  private boolean exposes(String sample) {
    return registry.scrape().lines().anyMatch(sample::equals);
  }

  private boolean mentions(String text) {
    return registry.scrape().contains(text);
  }

  @Test
  void exposesExactlyTheMetricsOfTheContract() {
    accept(Facts.declared("a", "running"));
    accept(Facts.snapshot("a", 10, clock.instant()));
    accept(Facts.heartbeat("a", 10, Map.of("train_loss", 2.5, "val_loss", 2.6)));
    accept(Facts.made(Readings.measured("a", 0, 10, -0.1, -0.2)));
    accept(Facts.foretold("a", 0, 10, Forecasts.doomed(0.1)));
    assertEquals(contract(), Exposition.labels(registry.scrape()));
  }

  @Test
  void countsTheRunsThatDoNotAnswerAStop() {
    accept(Facts.declared("a", "running"));
    assertTrue(exposes("lyascope_stops_unacknowledged{project=\"mnist\"} 0.0"));
    meters.unansweredStops(List.copyOf(book.runs()));
    assertTrue(exposes("lyascope_stops_unacknowledged{project=\"mnist\"} 1.0"));
    meters.unansweredStops(List.of());
    assertTrue(exposes("lyascope_stops_unacknowledged{project=\"mnist\"} 0.0"));
  }

  private static Map<String, String> contract() {
    Map<String, String> metrics = new TreeMap<>();
    metrics.put("lyascope_build_info", "java,revision,version");
    metrics.put("lyascope_run_info", "cell,hidden,name,predictor,project,run");
    metrics.put("lyascope_run_state", "run,state");
    metrics.put("lyascope_exponent_quantile", "quantile,run");
    metrics.put("lyascope_exponents", "le,run");
    metrics.put("lyascope_runs", "project,state");
    metrics.put("lyascope_verdict", "run,verdict");
    metrics.put("lyascope_baseline_probability", "baseline,run");
    metrics.put("lyascope_training_seconds_total", "project");
    metrics.put("lyascope_doomed_seconds_total", "project");
    metrics.put("lyascope_predicted_runs_total", "called,outcome,project");
    metrics.put("lyascope_stops_unacknowledged", "project");
    metrics.put("lyascope_snapshots_total", "result");
    metrics.put("lyascope_dead_letters_total", "reason");
    ofARun().forEach(name -> metrics.put("lyascope_" + name, "run"));
    withoutLabels().forEach(name -> metrics.put("lyascope_" + name, ""));
    histogram(metrics, "lyascope_analysis_duration_seconds", "stage");
    histogram(metrics, "lyascope_pipeline_latency_seconds", "");
    return metrics;
  }

  private static List<String> ofARun() {
    return List.of(
        "run_step",
        "run_progress_ratio",
        "run_last_snapshot_timestamp_seconds",
        "exponent_max",
        "exponent_mean",
        "exponent_min",
        "exponent_standard_error",
        "exponents_positive",
        "exponents_near_zero",
        "exponents_dead",
        "kaplan_yorke_dimension",
        "entropy_rate",
        "memory_horizon_steps",
        "leading_vector_participation_ratio",
        "hidden_pca_dimension",
        "update_participation_ratio",
        "nonfinite_values",
        "training_loss",
        "predicted_loss",
        "success_probability",
        "latent_distance",
        "validation_loss");
  }

  private static List<String> withoutLabels() {
    return List.of(
        "snapshot_bytes_total",
        "analysis_queue_length",
        "consumer_lag_records",
        "consumer_lag_seconds",
        "series_suppressed_total",
        "prediction_failures_total",
        "websocket_clients",
        "websocket_frames_dropped_total");
  }

  private static void histogram(Map<String, String> metrics, String name, String label) {
    metrics.put(name + "_bucket", label.isEmpty() ? "le" : "le," + label);
    for (String part : List.of("_count", "_sum", "_max")) {
      metrics.put(name + part, label);
    }
  }

  @Test
  void givesARunItsValues() {
    accept(Facts.made(Readings.measured("a", 0, 10, 0.5, 0.0, -2.0)));
    assertTrue(exposes("lyascope_exponent_max{run=\"a\"} 0.5"));
    assertTrue(exposes("lyascope_exponent_quantile{quantile=\"0.5\",run=\"a\"} 0.0"));
    assertTrue(exposes("lyascope_exponents{le=\"-1\",run=\"a\"} 1.0"));
    assertTrue(exposes("lyascope_exponents{le=\"0\",run=\"a\"} 2.0"));
    assertTrue(exposes("lyascope_exponents{le=\"+Inf\",run=\"a\"} 3.0"));
    assertFalse(mentions("lyascope_memory_horizon_steps{"));
  }

  @Test
  void tellsAfterHowManyStepsAGradientHasShrunkByE() {
    accept(Facts.made(Readings.measured("a", 0, 10, -0.125, -0.5, -2.0)));
    assertTrue(exposes("lyascope_memory_horizon_steps{run=\"a\"} 8.0"));
  }

  @Test
  void givesAFeedForwardRunTheValuesOfItsInputs() {
    accept(Facts.made(Readings.layered("a", 10, -2.0, 1.0, 0.0, 0.0)));
    assertTrue(exposes("lyascope_exponent_max{run=\"a\"} 1.0"));
    assertTrue(exposes("lyascope_exponent_mean{run=\"a\"} -0.25"));
    assertTrue(exposes("lyascope_exponent_min{run=\"a\"} -2.0"));
    assertTrue(exposes("lyascope_ridge_contrast{run=\"a\"} 1.0"));
    assertTrue(exposes("lyascope_exponent_quantile{quantile=\"1\",run=\"a\"} 1.0"));
    assertTrue(exposes("lyascope_exponents{le=\"0\",run=\"a\"} 3.0"));
    assertFalse(mentions("lyascope_kaplan_yorke_dimension{"));
  }

  @Test
  void keepsItsGaugesThroughAGarbageCollection() {
    accept(Facts.made(Readings.measured("a", 0, 10, 0.5)));
    System.gc();
    assertTrue(exposes("lyascope_exponent_max{run=\"a\"} 0.5"));
    assertFalse(mentions("} NaN"));
  }

  @Test
  void exportsInfinityAsWhatItIs() {
    accept(Facts.made(Readings.measured("a", 0, 10, 0.5, Double.NEGATIVE_INFINITY)));
    assertTrue(exposes("lyascope_exponent_min{run=\"a\"} -Inf"));
    assertTrue(exposes("lyascope_exponent_quantile{quantile=\"1\",run=\"a\"} 0.5"));
  }

  @Test
  void showsNoOldExponentsOnceTheWeightsAreNotFinite() {
    accept(Facts.made(Readings.measured("a", 0, 10, 0.5)));
    assertTrue(exposes("lyascope_nonfinite_values{run=\"a\"} 0.0"));
    accept(Facts.made(Readings.refused("a", 20, RefusedException.Kind.NONFINITE_WEIGHTS)));
    assertTrue(exposes("lyascope_nonfinite_values{run=\"a\"} 1.0"));
    assertFalse(mentions("lyascope_exponent_max{"));
  }

  @Test
  void followsARunThroughItsStates() {
    accept(Facts.declared("a", "running"));
    accept(Facts.heartbeat("a", 1, 2));
    assertTrue(exposes("lyascope_run_state{run=\"a\",state=\"running\"} 1.0"));
    assertTrue(exposes("lyascope_runs{project=\"mnist\",state=\"running\"} 1.0"));
    accept(Facts.declared("a", "finished"));
    assertTrue(exposes("lyascope_run_state{run=\"a\",state=\"running\"} 0.0"));
    assertTrue(exposes("lyascope_runs{project=\"mnist\",state=\"running\"} 0.0"));
    assertTrue(exposes("lyascope_runs{project=\"mnist\",state=\"finished\"} 1.0"));
  }

  @Test
  void removesTheSeriesOfARunAWhileAfterItsEnd() {
    accept(Facts.heartbeat("a", 1, 2));
    accept(Facts.declared("a", "finished"));
    clock.advance(Duration.ofMinutes(14));
    meters.tick();
    assertTrue(exposes("lyascope_training_loss{run=\"a\"} 2.0"));
    clock.advance(Duration.ofMinutes(1));
    meters.tick();
    assertFalse(mentions("run=\"a\""));
    accept(Facts.declared("a", "finished"));
    assertFalse(mentions("run=\"a\""));
  }

  @Test
  void limitsTheRunsAndCountsWhatItSuppresses() {
    for (String run : List.of("a", "b", "c", "c")) {
      accept(Facts.heartbeat(run, 1, 2));
    }
    assertFalse(mentions("run=\"c\""));
    // Info, seven states, step and training loss.
    assertTrue(exposes("lyascope_series_suppressed_total 10.0"));
  }

  @Test
  void writesHostileRunNamesAsOneLine() {
    accept(Facts.heartbeat("a\"} 1\nlyascope_fake 1\\" + "x".repeat(5000), 1, 2));
    assertFalse(registry.scrape().lines().anyMatch(line -> line.startsWith("lyascope_fake")));
  }

  @Test
  void countsWhatComesIn() {
    meters.ingest().snapshot(SnapshotResult.INCOMPLETE);
    meters.ingest().deadLetter(DeadLetterReason.DIGEST);
    meters.ingest().snapshotBytes(1000);
    meters.ingest().lag(new Lag(3, Duration.ofMillis(1500)));
    meters.pipeline().snapshot(SnapshotResult.SUPERSEDED);
    meters.pipeline().queueLength(7);
    meters.pipeline().stage(Stage.MEASURE, Duration.ofMillis(60));
    assertTrue(exposes("lyascope_snapshots_total{result=\"incomplete\"} 1.0"));
    assertTrue(exposes("lyascope_dead_letters_total{reason=\"digest\"} 1.0"));
    assertTrue(exposes("lyascope_snapshot_bytes_total 1000.0"));
    assertTrue(exposes("lyascope_consumer_lag_seconds 1.5"));
    assertTrue(exposes("lyascope_analysis_queue_length 7.0"));
    assertTrue(
        exposes("lyascope_analysis_duration_seconds_bucket{stage=\"measure\",le=\"0.1\"} 1"));
    assertEquals(1, meters.dropped());
    assertEquals(1, meters.superseded());
    assertEquals(1, meters.deadLetters());
  }

  @Test
  void measuresFromPublishingToMetric() {
    accept(
        new Fact.ReadingMade(
            Readings.measured("a", 0, 10, 0.5),
            Fact.Origin.NEW,
            Optional.of(clock.instant().minusSeconds(2))));
    assertTrue(exposes("lyascope_pipeline_latency_seconds_sum 2.0"));
  }
}
