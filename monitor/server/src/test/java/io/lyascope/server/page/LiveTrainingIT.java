package io.lyascope.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.BrokerFixture;
import io.lyascope.server.Monitor;
import io.lyascope.server.Waiting;
import io.lyascope.server.config.Config;
import io.lyascope.server.programs.NeedsProgram;
import io.lyascope.server.programs.NeedsPython;
import io.lyascope.server.programs.Programs;
import io.lyascope.server.programs.Python;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole circle with nothing of ours pretended: {@code examples/charrnn.py} trains with PyTorch
 * and publishes, the page in Chromium shows its spectra, a click there stops it, and its model is
 * saved.
 */
@Timeout(300)
@NeedsPython("torch")
@NeedsProgram({"chromium", "chromedriver"})
class LiveTrainingIT {

  private static final String TOKEN = "operator-token";

  /** As the pictures of {@link PageIT}. */
  private static final Path PICTURES =
      Programs.ROOT.resolve(System.getProperty("lyascope.screenshots"));

  @TempDir Path profile;
  @TempDir Path folder;
  private Monitor monitor;
  private Browser browser;

  @BeforeEach
  void open() {
    Map<String, String> environment = Map.of("LYASCOPE_AUTH_OPERATOR_TOKEN", TOKEN);
    monitor = Monitor.start(Config.load(Optional.empty(), environment, BrokerFixture.keys()));
    browser = Browser.open(profile);
  }

  @AfterEach
  void close() {
    browser.close();
    monitor.close();
  }

  @Test
  void aTrainingIsSeenLiveAndStoppedFromThePageWithItsModelSaved() throws Exception {
    Process training = train();
    try {
      browser.show(monitor.url());
      await("its row among all runs", "[data-run] [data-field=exponent_max]");
      browser.show(monitor.url() + "#/run/live");
      await("its step", "[data-field=step]");
      String first = browser.text("[data-field=step]");
      await("the picture of its spectra", "[data-testid=chart-spectrogram] canvas");
      Waiting.until(
          "a later step", () -> !browser.text("[data-field=step]").equals(first), this::seen);
      stop();
      assertEquals(0, training.waitFor(), this::said);
    } finally {
      training.destroyForcibly();
    }
    Waiting.until(
        "its last word",
        () -> browser.text("[data-testid=commands]").contains("Training has ended."),
        this::seen);
    browser.resize(1700);
    browser.screenshot(PICTURES.resolve("screenshot-stopped.png"));
    assertTrue(said().contains("this run shall stop: enough seen"), said());
    assertTrue(Files.size(folder.resolve("charrnn.pt")) > 10_000, "the model's weights");
    assertEquals(List.of(), browser.complaints());
  }

  /** The example as it is, on the text of this project's own pages. */
  private Process train() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> pages = Files.list(Programs.ROOT.resolve("docs"))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
        text.append(Files.readString(page));
      }
    }
    Files.writeString(folder.resolve("pages.txt"), text);
    String script = Programs.ROOT.resolve("ingest/python/examples/charrnn.py").toString();
    String options = "--data pages.txt --hidden 32 --every 0.2 --steps 1000000";
    List<String> command =
        new ArrayList<>(List.of(Python.having("torch").orElseThrow(), "-B", script));
    command.addAll(List.of(options.split(" ")));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("PYTHONPATH", Programs.ROOT.resolve("ingest/python/src").toString());
    builder.environment().put("LYASCOPE_URL", monitor.url());
    builder.environment().put("LYASCOPE_RUN", "live");
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder.redirectOutput(folder.resolve("said").toFile()).start();
  }

  private void stop() {
    browser.click("[data-command=stop]");
    browser.type("[data-testid=reason]", "enough seen");
    browser.type("[data-testid=operator-token]", TOKEN);
    browser.click("[data-testid=confirm]");
  }

  private void await(String what, String selector) {
    Waiting.until(
        what, () -> browser.count(selector) > 0 && !"–".equals(browser.text(selector)), this::seen);
  }

  private String seen() {
    return browser.text("main") + said();
  }

  /** Everything that the training has said. */
  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
