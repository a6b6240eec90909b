package io.lyascope.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.kafka.Publisher;
import io.lyascope.server.BrokerFixture;
import io.lyascope.server.Monitor;
import io.lyascope.server.Waiting;
import io.lyascope.server.config.Config;
import io.lyascope.server.demo.RecordedRuns;
import io.lyascope.server.pipeline.TinyNetwork;
import io.lyascope.server.prediction.EarlierPredictions;
import io.lyascope.server.prediction.Forecasts;
import io.lyascope.server.programs.NeedsProgram;
import io.lyascope.server.programs.Programs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page shows of predictions, in real Chromium. */
@NeedsProgram({"chromium", "chromedriver"})
class PredictionPageIT {

  private static final Path PICTURES =
      Programs.ROOT.resolve(System.getProperty("lyascope.screenshots"));

  @TempDir Path profile;
  private final Config config = Config.of(keys());
  private Browser browser;

  /** What is shown was foretold by earlier monitors. */
  private static Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>(BrokerFixture.keys());
    keys.put("prediction.models", "none");
    return keys;
  }

  @BeforeEach
  void open() {
    browser = Browser.open(profile);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void doomedRunIsCalledSoBesideWhatThePredictionHasToBeat() throws Exception {
    EarlierPredictions.store(config, "a", Forecasts.promising(0.7), Forecasts.doomed(0.125));
    try (Monitor monitor = Monitor.start(config)) {
      browser.show(monitor.url());
      await("the verdict", "[data-run=a] [data-field=verdict]", "doomed");
      browser.show(monitor.url() + "#/run/a");
      await("the verdict", "[data-testid=prediction] [data-field=verdict]", "doomed");
      await("the probability", "[data-field=success_probability]", "13%");
      await("the base rate", "[data-field=base_rate]", "55%");
      await("the loss alone", "[data-field=loss]", "63%");
      await(
          "the predicted loss, its interval", ".outlook-loss", "0.400 (90 %: 0.300 to 0.600), now");
      await("what the spectrum adds", "[data-testid=prediction]", "\u221213 points");
      await("what is good", "[data-testid=prediction]", "a final loss below 0.500");
      await("the advice", ".verdict-advice", "Nothing is stopped by itself");
      assertTrue(browser.text("[data-field=verdict_reason]").startsWith("For a reason"));
      Waiting.until(
          "the map",
          () -> browser.count("[data-testid=chart-map] canvas") == 1,
          () -> browser.text("main"));
      browser.resize(1300);
      browser.screenshot(PICTURES.resolve("screenshot-prediction.png"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void doomedRunOfTheDemoIsCalledSoFromItsFirstSnapshotOn() throws Exception {
    Config bundled = Config.of(BrokerFixture.keys());
    try (Monitor monitor = Monitor.start(bundled);
        Publisher publisher = new Publisher(bundled.kafka().cluster())) {
      RecordedRuns.publishRunning(publisher, "smnist-rnn-chaotic", 1);
      browser.show(monitor.url() + "#/run/smnist-rnn-chaotic");
      await("the verdict", "[data-testid=prediction] [data-field=verdict]", "doomed");
      await("the base rate", "[data-field=base_rate]", "%");
      await("the largest exponent alone", "[data-field=max]", "%");
      await("the loss beside its prediction", ".outlook-loss", ", now 2.");
      await("the predictor's card", "[data-testid=predictor]", "smnist-rows");
      browser.click("[data-testid=what-if] summary");
      browser.click("[data-testid=what-if] button");
      await("the answer", "[data-testid=what-if-words]", "The autoencoder predicts");
      browser.resize(1400);
      browser.screenshot(PICTURES.resolve("screenshot-doomed.png"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void runOfAnUnknownKindHasWordsAndNoNumbers() {
    EarlierPredictions.store(config, "a", Forecasts.outOfDistribution());
    try (Monitor monitor = Monitor.start(config)) {
      browser.show(monitor.url() + "#/run/a");
      await("the verdict", "[data-testid=prediction] [data-field=verdict]", "unknown kind");
      await("the advice", ".verdict-advice", "No number is given");
      assertEquals(0, browser.count("[data-field=success_probability]"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void withoutAPredictorThePageSaysSo() {
    try (Monitor monitor = Monitor.start(config);
        Publisher publisher = new Publisher(config.kafka().cluster())) {
      publisher.probe("a", TinyNetwork.probe()).join();
      publisher.snapshot("a", 0, 1, TinyNetwork.snapshot("a", 1, 0.5)).join();
      browser.show(monitor.url() + "#/run/a");
      await("the words", "[data-testid=no-prediction]", "No predictor is loaded");
      assertFalse(browser.isVisible("[data-testid=predictor]"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  private void await(String what, String selector, String text) {
    Waiting.until(what, () -> browser.text(selector).contains(text), () -> browser.text("main"));
  }
}
