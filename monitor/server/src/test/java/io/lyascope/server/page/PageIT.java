package io.lyascope.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.kafka.Publisher;
import io.lyascope.server.BrokerFixture;
import io.lyascope.server.Monitor;
import io.lyascope.server.Waiting;
import io.lyascope.server.config.Config;
import io.lyascope.server.demo.RecordedRuns;
import io.lyascope.server.pipeline.TinyLayers;
import io.lyascope.server.pipeline.TinyNetwork;
import io.lyascope.server.programs.NeedsProgram;
import io.lyascope.server.programs.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on a running monitor, in real Chromium. */
@NeedsProgram({"chromium", "chromedriver"})
class PageIT {

  private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">\n\"&";

  /** Where the pictures go; {@code -Dlyascope.screenshots=docs} refreshes those of the README. */
  private static final Path PICTURES =
      Programs.ROOT.resolve(System.getProperty("lyascope.screenshots"));

  /** Of all recordings together. */
  private static final int SNAPSHOTS = 247;

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path profile;
  private Monitor monitor;
  private Publisher publisher;
  private Browser browser;

  @BeforeEach
  void open() {
    Map<String, String> keys = new HashMap<>(BrokerFixture.keys());
    keys.put("analysis.patience", "10m"); // the pictures show every step
    Config config = Config.of(keys);
    monitor = Monitor.start(config);
    publisher = new Publisher(config.kafka().cluster());
    browser = Browser.open(profile);
  }

  @AfterEach
  void close() {
    browser.close();
    publisher.close();
    monitor.close();
  }

  @Test
  void valueChangesWithoutReload() {
    browser.show(monitor.url());
    browser.run("window.sameDocument = true");
    publisher.probe("live", TinyNetwork.probe()).join();
    publisher.snapshot("live", 0, 1, TinyNetwork.snapshot("live", 1, 0.2)).join();
    String cell = "[data-run=\"live\"] [data-field=\"exponent_max\"]";
    await("the first value", cell);
    String first = browser.text(cell);

    publisher.snapshot("live", 0, 2, TinyNetwork.snapshot("live", 2, 3.0)).join();
    Waiting.until(
        "another value", () -> !browser.text(cell).equals(first), () -> browser.text(cell));
    assertNotEquals("", browser.text(cell));
    assertEquals(true, browser.run("return window.sameDocument"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void hostileNameIsShownAsTextAndHasAPageOfItsOwn() {
    publisher.probe(HOSTILE, TinyNetwork.probe()).join();
    publisher.snapshot(HOSTILE, 0, 1, TinyNetwork.snapshot(HOSTILE, 1, 0.5)).join();
    browser.show(monitor.url() + "#/run/" + encoded(HOSTILE));
    await("its largest exponent", "[data-field=\"exponent_max\"]");
    assertTrue(browser.text("[data-testid=run-title]").startsWith("<img src=x"));
    assertEquals(0, browser.count("img"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void refusedSnapshotIsSaidAndDrawnAndTheRunGoesOn() {
    publisher.probe("nan", TinyNetwork.probe()).join();
    publisher.snapshot("nan", 0, 1, TinyNetwork.snapshot("nan", 1, 0.5)).join();
    publisher.snapshot("nan", 0, 2, TinyNetwork.notFinite("nan", 2)).join();
    browser.show(monitor.url() + "#/run/nan");
    Waiting.until(
        "the error",
        () -> browser.text("[data-field=error]").contains("nonfinite_weights"),
        () -> browser.text("main"));
    await("the picture of the spectrum", "[data-testid=chart-spectrum] canvas");
    publisher.snapshot("nan", 0, 3, TinyNetwork.snapshot("nan", 3, 0.5)).join();
    Waiting.until(
        "the error to go",
        () -> browser.text("[data-field=error]").isEmpty(),
        () -> browser.text("main"));
  }

  @Test
  void feedForwardRunShowsTheExponentsOfItsInputs() throws Exception {
    publisher.probe(HOSTILE, TinyLayers.probe()).join();
    for (long step = 1; step <= 12; step++) {
      byte[] snapshot = TinyLayers.snapshot(HOSTILE, step, 0.5 + 0.1 * step);
      publisher.snapshot(HOSTILE, 0, step, snapshot).join();
    }
    browser.show(monitor.url() + "#/run/" + encoded(HOSTILE));
    for (String chart : List.of("inputs", "distribution", "contrast", "losses")) {
      await(chart, "[data-testid=chart-" + chart + "] canvas");
    }
    Waiting.until(
        "the newest step",
        () -> browser.text("[data-field=step]").startsWith("12"),
        () -> browser.text("main"));
    assertEquals("40 through 4 layers", browser.text("[data-field=inputs]"));
    assertTrue(browser.text("[data-field=exponent_mean]").contains("±"));
    assertEquals("", browser.text("[data-field=resolved]"), "only a spectrum has it");
    assertEquals(0, browser.count("[data-testid=chart-spectrum]"));
    assertEquals(0, browser.count("img"));
    browser.resize(1400);
    browser.screenshot(PICTURES.resolve("screenshot-layers.png"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void pageThatIsOpenedBeforeItsRunFillsWhenTheRunAppears() {
    browser.show(monitor.url() + "#/run/early");
    Waiting.until(
        "words",
        () -> browser.text("main > .notice").contains("has not heard of this run yet"),
        () -> browser.text("main"));
    publisher.probe("early", TinyNetwork.probe()).join();
    publisher.snapshot("early", 0, 1, TinyNetwork.snapshot("early", 1, 0.5)).join();
    await("the spectrum", "[data-testid=chart-spectrum] canvas");
    Waiting.until(
        "the step",
        () -> browser.text("[data-field=step]").equals("1"),
        () -> browser.text("main"));
    assertFalse(browser.isVisible("main > .notice"));
  }

  @Test
  void recordedRunsLookAsInTheReadme() throws Exception {
    RecordedRuns.publishAll(publisher);
    Waiting.until("all readings", () -> readings() == SNAPSHOTS, () -> readings() + " readings");
    browser.show(monitor.url());
    Waiting.until(
        "ten rows",
        () -> browser.count("[data-run] [data-field=exponent_max]") == 10,
        () -> browser.text("main"));
    browser.resize(880);
    browser.screenshot(PICTURES.resolve("screenshot-fleet.png"));
    browser.show(monitor.url() + "#/run/smnist-rnn-chaotic");
    await("the picture of the losses", "[data-testid=chart-losses] canvas");
    await("the picture of all spectra", "[data-testid=chart-spectrogram] canvas");
    browser.resize(1700);
    browser.screenshot(PICTURES.resolve("screenshot-run.png"));
    assertEquals(List.of(), browser.complaints());
  }

  /** How many readings all runs have together. */
  private int readings() {
    URI address = URI.create(monitor.url() + "api/v1/runs");
    try {
      String body =
          client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
      return Pattern.compile("\"readings\":(\\d+)")
          .matcher(body)
          .results()
          .mapToInt(match -> Integer.parseInt(match.group(1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private void await(String what, String selector) {
    Waiting.until(
        what,
        () -> browser.count(selector) > 0 && !"–".equals(browser.text(selector)),
        () -> browser.text("main"));
  }

  private static String encoded(String run) {
    return URLEncoder.encode(run, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
