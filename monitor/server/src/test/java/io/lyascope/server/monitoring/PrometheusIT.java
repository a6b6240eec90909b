package io.lyascope.server.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lyascope.kafka.Publisher;
import io.lyascope.server.BrokerFixture;
import io.lyascope.server.Monitor;
import io.lyascope.server.Waiting;
import io.lyascope.server.config.Config;
import io.lyascope.server.demo.RecordedRuns;
import io.lyascope.server.pipeline.TinyLayers;
import io.lyascope.server.prediction.EarlierPredictions;
import io.lyascope.server.prediction.Forecasts;
import io.lyascope.server.programs.NeedsProgram;
import io.lyascope.server.programs.Programs;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus on a running monitor that watches recorded runs, one of which ends in NaN, and
 * a feed-forward one.
 */
@NeedsProgram({"prometheus", "promtool"})
class PrometheusIT {

  private static final String HEALTHY = "smnist-lstm";
  private static final String BROKEN = "smnist-relu-rnn-nan";
  private static final String LAYERED = "layers";
  private static final List<String> RUNS = List.of(HEALTHY, BROKEN, LAYERED);

  @TempDir static Path folder;
  private static Monitor monitor;
  private static Publisher publisher;
  private static PrometheusServer prometheus;

  @BeforeAll
  static void startEverything() throws Exception {
    Config config = Config.of(BrokerFixture.keys());
    EarlierPredictions.store(config, HEALTHY, Forecasts.doomed(0.1));
    monitor = Monitor.start(config);
    publisher = new Publisher(config.kafka().cluster());
    RecordedRuns.publishRunning(publisher, HEALTHY, 2);
    RecordedRuns.publishRunning(publisher, BROKEN, Integer.MAX_VALUE);
    publisher.probe(LAYERED, TinyLayers.probe()).join();
    publisher.snapshot(LAYERED, 0, 1, TinyLayers.snapshot(LAYERED, 1, 0.5)).join();
    URI page = URI.create(monitor.url());
    prometheus = PrometheusServer.start(folder, page.getHost() + ":" + page.getPort());
  }

  @AfterAll
  static void endEverything() {
    prometheus.close();
    publisher.close();
    monitor.close();
  }

  @Test
  void everyMetricThatIsAskedForExistsInARealScrape() throws Exception {
    awaitBothRuns();
    NavigableSet<String> wanted = GrafanaFiles.metrics();
    Waiting.until(
        "the metrics " + wanted,
        () -> {
          wanted.removeIf(metric -> !prometheus.query(metric).isEmpty());
          return wanted.isEmpty();
        },
        () -> "without a sample: " + wanted);
  }

  @Test
  void everyPanelHasSomethingToShow() throws Exception {
    awaitBothRuns();
    List<String> queries = new ArrayList<>(GrafanaFiles.queries());
    assertFalse(queries.isEmpty());
    Waiting.until(
        "samples for all panels",
        () -> {
          queries.removeIf(query -> RUNS.stream().anyMatch(run -> isAnswered(query, run)));
          return queries.isEmpty();
        },
        () -> "without a sample: " + queries);
  }

  private static boolean isAnswered(String query, String run) {
    String filled =
        query
            .replace("$__rate_interval", "30s")
            .replace("$__range", "1m")
            .replace("$project", ".*")
            .replace("$run", run);
    return !prometheus.query(filled).isEmpty();
  }

  @Test
  void allRulesAreEvaluatedAndTheBrokenRunAlone() {
    Waiting.until("the alert", () -> !alerts("LyascopeRunNonFinite").isEmpty(), () -> "no alert");
    assertEquals(List.of(BROKEN), alerts("LyascopeRunNonFinite"));
    assertEquals(List.of(), prometheus.query("prometheus_rule_evaluation_failures_total > 0"));
    for (Object group : (List<?>) ((Map<?, ?>) prometheus.get("rules")).get("groups")) {
      for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
        assertEquals("ok", ((Map<?, ?>) rule).get("health"), rule.toString());
      }
    }
  }

  /** The runs for which an alert is firing. */
  private static List<String> alerts(String name) {
    String query = "ALERTS{alertstate=\"firing\",alertname=\"" + name + "\"}";
    return prometheus.query(query).stream()
        .map(sample -> (Map<?, ?>) ((Map<?, ?>) sample).get("metric"))
        .map(labels -> (String) labels.get("run"))
        .toList();
  }

  private static void awaitBothRuns() {
    for (String metric :
        List.of(
            "lyascope_exponent_max{run=\"" + HEALTHY + "\"}",
            "lyascope_nonfinite_values{run=\"" + BROKEN + "\"} > 0")) {
      Waiting.until(metric, () -> !prometheus.query(metric).isEmpty(), () -> "no sample");
    }
  }

  @Test
  void rulesPassTheirOwnTests() throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool", "test", "rules"));
    GrafanaFiles.files("prometheus/tests", ".yml").forEach(file -> command.add(file.toString()));
    var outcome = Programs.run(command);
    assertEquals(0, outcome.status(), outcome.output());
  }
}
