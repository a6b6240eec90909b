package io.lyascope.server.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.kafka.Publisher;
import io.lyascope.server.BrokerFixture;
import io.lyascope.server.Monitor;
import io.lyascope.server.Waiting;
import io.lyascope.server.config.Config;
import io.lyascope.server.demo.RecordedRuns;
import io.lyascope.server.pipeline.TinyNetwork;
import io.lyascope.server.prediction.TinyPredictor;
import io.lyascope.server.programs.NeedsProgram;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a verdict on a live monitor through real Prometheus and Alertmanager to somebody's pager.
 */
@NeedsProgram({"prometheus", "prometheus-alertmanager"})
class PredictedToFailIT {

  private static final String ALERT = "LyascopeRunPredictedToFail";

  @TempDir Path folder;

  @Test
  void everyDoomedRunIsToldOnceAndAGoodOneNever() throws Exception {
    Config config = config(TinyPredictor.train(folder));
    try (Publisher publisher = new Publisher(config.kafka().cluster());
        Webhook webhook = Webhook.start();
        AlertmanagerServer alertmanager = AlertmanagerServer.start(folder, webhook.url());
        Monitor monitor = Monitor.start(config);
        PrometheusServer prometheus =
            PrometheusServer.startWithAlerts(folder, host(monitor), alertmanager.address())) {
      publish(publisher, "doomed", TinyPredictor.BAD, TinyPredictor.BAD);
      publish(publisher, "doomed-later", TinyPredictor.GOOD, TinyPredictor.BAD);
      publish(publisher, "good", TinyPredictor.GOOD, TinyPredictor.GOOD);
      publish(publisher, "forgiven", TinyPredictor.BAD, TinyPredictor.GOOD);
      List<String> doomed = List.of("doomed", "doomed-later");
      awaitTold(doomed, prometheus, alertmanager, webhook);
      awaitEvaluations(prometheus, 5);
      assertEquals(doomed, webhook.runs(ALERT));
    }
  }

  @Test
  void aDoomedRunOfTheDemoIsToldAtItsFirstStepAndTheHealthyOneIsNot() throws Exception {
    Config config = Config.of(BrokerFixture.keys());
    try (Publisher publisher = new Publisher(config.kafka().cluster());
        Webhook webhook = Webhook.start();
        AlertmanagerServer alertmanager = AlertmanagerServer.start(folder, webhook.url());
        Monitor monitor = Monitor.start(config);
        PrometheusServer prometheus =
            PrometheusServer.startWithAlerts(folder, host(monitor), alertmanager.address())) {
      RecordedRuns.publishRunning(publisher, "smnist-rnn-chaotic", 1);
      RecordedRuns.publishRunning(publisher, "smnist-lstm", 1);
      String judged = "lyascope_success_probability";
      Waiting.until("both judged", () -> prometheus.query(judged).size() == 2, () -> "not yet");
      List<String> doomed = List.of("smnist-rnn-chaotic");
      awaitTold(doomed, prometheus, alertmanager, webhook);
      awaitEvaluations(prometheus, 5);
      assertEquals(doomed, webhook.runs(ALERT));
    }
  }

  /**
   * Waits for the way of an alert one station after the other, because it lasts longer than what
   * one wait is given: half a minute lies between the first two.
   */
  private static void awaitTold(
      List<String> runs,
      PrometheusServer prometheus,
      AlertmanagerServer alertmanager,
      Webhook webhook) {
    String alerts = "ALERTS{alertname=\"%s\"%s}";
    for (String alert :
        List.of(alerts.formatted(ALERT, ""), alerts.formatted(ALERT, ",alertstate=\"firing\""))) {
      Waiting.until(
          alert,
          () -> prometheus.query(alert).size() >= runs.size(),
          () -> prometheus.query("{__name__=~\"ALERTS|lyascope_verdict\"}").toString());
    }
    Waiting.until(
        "the notifications",
        () -> webhook.runs(ALERT).containsAll(runs),
        () -> webhook.runs(ALERT) + " of Alertmanager, which says " + alertmanager.log());
  }

  /** What Prometheus tells again and again is to be passed on once. */
  private static void awaitEvaluations(PrometheusServer prometheus, int more) {
    double now = evaluations(prometheus);
    Waiting.until(
        more + " evaluations", () -> evaluations(prometheus) >= now + more, () -> "too few");
  }

  private static double evaluations(PrometheusServer prometheus) {
    // Rules are evaluated as often as the monitor is scraped.
    String query = "count_over_time(up{job=\"lyascope\"}[10m])";
    return prometheus.query(query).stream()
        .map(sample -> (List<?>) ((Map<?, ?>) sample).get("value"))
        .mapToDouble(value -> Double.parseDouble((String) value.get(1)))
        .findFirst()
        .orElse(0);
  }

  /** A run with these gains at its steps 0, 1, ... */
  private static void publish(Publisher publisher, String run, double... gains) {
    publisher.run(TinyPredictor.document(run)).join();
    publisher.probe(run, TinyNetwork.probe()).join();
    for (int step = 0; step < gains.length; step++) {
      byte[] snapshot = TinyNetwork.snapshot(run, step, gains[step]);
      publisher.snapshot(run, 0, step, snapshot).join();
    }
  }

  private static Config config(Path model) {
    Map<String, String> keys = new HashMap<>(BrokerFixture.keys());
    keys.put("prediction.models", model.toString());
    return Config.of(keys);
  }

  private static String host(Monitor monitor) {
    URI page = URI.create(monitor.url());
    return page.getHost() + ":" + page.getPort();
  }
}
