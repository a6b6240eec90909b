package io.lyascope.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.server.config.MetricsSettings;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.fact.Fact.KafkaState;
import io.lyascope.server.prediction.Forecast;
import io.lyascope.server.prediction.Forecasts;
import io.lyascope.server.runs.Facts;
import io.lyascope.server.runs.Readings;
import io.lyascope.server.runs.RunBook;
import io.lyascope.server.runs.TestClock;
import io.lyascope.snapshot.RefusedException.Kind;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PredictionMetersTest {

  private final TestClock clock = new TestClock();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters =
      new Meters(registry, new MetricsSettings(10, Duration.ofMinutes(15)), clock);
  private final RunBook book = new RunBook(clock);

  PredictionMetersTest() {
    book.watch(meters.runs());
    accept(new Fact.MonitorHealth(KafkaState.READY, clock.instant()));
  }

  private void accept(Fact fact) {
    book.accept(fact);
    meters.accept(fact);
  }

  private void train(String run, long step, Forecast forecast) {
    accept(Facts.declared(run, "running"));
    accept(Facts.heartbeat(run, step, 1.0));
    accept(Facts.made(Readings.measured(run, 0, step, -0.1)));
    accept(Facts.foretold(run, 0, step, forecast));
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      meters.tick();
    }
  }

  /** The value of a sample, NaN where there is none. */
  private double value(String sample) {
    return registry
        .scrape()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void standingPredictionIsExportedWithWhatItHasToBeat() {
    train("a", 10, Forecasts.doomed(0.125));
    assertEquals(1, value("lyascope_verdict{run=\"a\",verdict=\"doomed\"}"));
    assertEquals(0, value("lyascope_verdict{run=\"a\",verdict=\"promising\"}"));
    assertEquals(0.125, value("lyascope_success_probability{run=\"a\"}"));
    assertEquals(0.4, value("lyascope_predicted_loss{run=\"a\"}"));
    assertEquals(0.75, value("lyascope_latent_distance{run=\"a\"}"));
    assertEquals(0.55, value("lyascope_baseline_probability{baseline=\"base_rate\",run=\"a\"}"));
    assertEquals(0.625, value("lyascope_baseline_probability{baseline=\"loss\",run=\"a\"}"));
  }

  @Test
  void runThatIsNotKnownHasAVerdictAndNoNumbers() {
    train("a", 10, Forecasts.doomed(0.125));
    train("a", 20, Forecasts.outOfDistribution());
    assertEquals(1, value("lyascope_verdict{run=\"a\",verdict=\"out_of_distribution\"}"));
    assertEquals(3, value("lyascope_latent_distance{run=\"a\"}"));
    assertEquals(Double.NaN, value("lyascope_success_probability{run=\"a\"}"));
    train("a", 30, Forecast.none(OptionalDouble.empty(), "unknown task"));
    assertEquals(Double.NaN, value("lyascope_latent_distance{run=\"a\"}"));
  }

  @Test
  void snapshotThatCannotBeMeasuredEndsThePredictionBeforeIt() {
    train("a", 10, Forecasts.doomed(0.125));
    accept(Facts.made(Readings.refused("a", 20, Kind.NONFINITE_WEIGHTS)));
    assertEquals(Double.NaN, value("lyascope_verdict{run=\"a\",verdict=\"doomed\"}"));
  }

  @Test
  void timeAfterTheFirstCallOfDoomIsWhatStoppingWouldHaveSaved() {
    train("a", 10, Forecasts.promising(0.9));
    pass(3);
    train("a", 20, Forecasts.doomed(0.1));
    pass(5);
    train("a", 30, Forecasts.promising(0.9));
    pass(2);
    assertEquals(10, value("lyascope_training_seconds_total{project=\"mnist\"}"), 1e-9);
    assertEquals(7, value("lyascope_doomed_seconds_total{project=\"mnist\"}"), 1e-9);
  }

  @Test
  void endedRunsAreCountedOnceByWhatTheyWereCalled() {
    train("lost", 10, Forecasts.doomed(0.1));
    train("found", 10, Forecasts.doomed(0.1));
    train("found", 20, Forecasts.promising(0.6));
    train("well", 10, Forecasts.promising(0.9));
    train("stopped", 10, Forecasts.doomed(0.1));
    for (int i = 0; i < 2; i++) {
      accept(Facts.ended("lost", "finished", 0.49));
      accept(Facts.ended("found", "finished", Double.NaN));
      accept(Facts.ended("well", "finished", 0.2));
      accept(Facts.ended("stopped", "stopped", 0.2));
    }
    assertEquals(List.of(1.0, 1.0), ended("doomed"));
    assertEquals(List.of(1.0, 0.0), ended("promising"));
  }

  @Test
  void ofAMetricThatIsMaximizedMoreIsBetter() {
    train("low", 10, Forecasts.ofAccuracy(0.1));
    train("high", 10, Forecasts.ofAccuracy(0.1));
    train("silent", 10, Forecasts.ofAccuracy(0.1));
    accept(Facts.ended("low", "finished", Map.of("accuracy", 0.4, "val_loss", 0.2)));
    accept(Facts.ended("high", "finished", Map.of("accuracy", 0.6, "val_loss", 0.9)));
    accept(Facts.ended("silent", "finished", Map.of("val_loss", 0.2)));

    assertEquals(List.of(1.0, 1.0), ended("doomed"));
  }

  @Test
  void whatEndedBeforeTheMonitorCameUpIsNotCountedAgain() {
    accept(new Fact.MonitorHealth(KafkaState.RESTORING, clock.instant()));
    train("a", 10, Forecasts.doomed(0.1));
    accept(Facts.ended("a", "finished", 0.2));
    accept(new Fact.MonitorHealth(KafkaState.READY, clock.instant()));
    accept(Facts.ended("a", "finished", 0.2));
    assertEquals(List.of(0.0, 0.0), ended("doomed"));
  }

  private List<Double> ended(String called) {
    String sample = "lyascope_predicted_runs_total{called=\"%s\",outcome=\"%s\",project=\"mnist\"}";
    return List.of(value(sample.formatted(called, "good")), value(sample.formatted(called, "bad")));
  }
}
