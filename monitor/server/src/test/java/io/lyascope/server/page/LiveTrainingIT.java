package io.lyascope.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.Waiting;
import io.lyascope.server.demo.TinyRun;
import io.lyascope.server.programs.Launcher;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole circle with nothing of ours pretended, each part a process of its own: {@code
 * examples/charrnn.py} trains with PyTorch and publishes to {@code lyascope demo}, its spectra are
 * seen, a click on the page in Chromium or {@code lyascope stop} ends it, and its model is saved.
 */
@Timeout(300)
@NeedsPython("torch")
@NeedsProgram({"bash", "chromium", "chromedriver"})
class LiveTrainingIT {

  private static final String TOKEN = "operator-token";

  /** As the pictures of {@link PageIT}. */
  private static final Path PICTURES =
      Programs.ROOT.resolve(System.getProperty("lyascope.screenshots"));

  @TempDir Path profile;
  @TempDir Path folder;
  private Launcher launcher;
  private Process demo;
  private String url;

  @BeforeEach
  void open() throws IOException {
    launcher = Launcher.install(folder);
    // The demo's own recordings would keep this machine busy with something else.
    Path recording = TinyRun.record(folder.resolve("recording"), "tiny", 0);
    ProcessBuilder builder = launcher.command("demo", recording.toString(), "--port=0");
    builder.environment().put("LYASCOPE_AUTH_OPERATOR_TOKEN", TOKEN);
    demo = builder.redirectOutput(folder.resolve("demo").toFile()).start();
    Waiting.until("its page", () -> page().isPresent() || !demo.isAlive(), () -> read("demo"));
    url = page().orElseThrow(() -> new AssertionError(read("demo")));
  }

  @AfterEach
  void close() throws InterruptedException {
    demo.destroy();
    demo.waitFor();
  }

  private Optional<String> page() {
    return read("demo")
        .lines()
        .filter(line -> line.startsWith("Page "))
        .map(line -> line.substring("Page ".length()).strip())
        .findFirst();
  }

  @Test
  void aTrainingIsSeenLiveAndStoppedFromThePageWithItsModelSaved() throws Exception {
    Process training = train();
    try (Browser browser = Browser.open(profile)) {
      browser.show(url);
      await(browser, "its row among all runs", "[data-run=live] [data-field=exponent_max]");
      browser.show(url + "#/run/live");
      await(browser, "its step", "[data-field=step]");
      String first = browser.text("[data-field=step]");
      await(browser, "the picture of its spectra", "[data-testid=chart-spectrogram] canvas");
      Waiting.until(
          "a later step",
          () -> !browser.text("[data-field=step]").equals(first),
          () -> seen(browser));
      stop(browser);
      assertEquals(0, training.waitFor(), this::said);
      Waiting.until(
          "its last word",
          () -> browser.text("[data-testid=commands]").contains("Training has ended."),
          () -> seen(browser));
      browser.resize(1700);
      browser.screenshot(PICTURES.resolve("screenshot-stopped.png"));
      assertEquals(List.of(), browser.complaints());
    } finally {
      training.destroyForcibly();
    }
    assertSaved();
  }

  @Test
  void aTrainingIsStoppedByTheCommandLineWithItsModelSaved() throws Exception {
    Process training = train();
    try {
      Waiting.until("a first loss", () -> said().contains("step 50: "), this::said);
      ProcessBuilder builder =
          launcher.command("stop", "live", "--reason=enough seen", "--wait=60s", "--url=" + url);
      builder.environment().put("LYASCOPE_AUTH_OPERATOR_TOKEN", TOKEN);
      Process stop = builder.redirectOutput(folder.resolve("stop").toFile()).start();
      assertEquals(0, stop.waitFor(), () -> read("stop") + said());
      assertEquals(0, training.waitFor(), this::said);
    } finally {
      training.destroyForcibly();
    }
    assertTrue(read("stop").contains("stopped"), read("stop"));
    assertSaved();
  }

  private void assertSaved() throws IOException {
    assertTrue(said().contains("this run shall stop: enough seen"), said());
    assertTrue(Files.size(folder.resolve("charrnn.pt")) > 10_000, "the model's weights");
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
    builder.environment().put("LYASCOPE_URL", url);
    builder.environment().put("LYASCOPE_RUN", "live");
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder.redirectOutput(folder.resolve("said").toFile()).start();
  }

  private static void stop(Browser browser) {
    browser.click("[data-command=stop]");
    browser.type("[data-testid=reason]", "enough seen");
    browser.type("[data-testid=operator-token]", TOKEN);
    browser.click("[data-testid=confirm]");
  }

  private void await(Browser browser, String what, String selector) {
    Waiting.until(
        what,
        () -> browser.count(selector) > 0 && !"–".equals(browser.text(selector)),
        () -> seen(browser));
  }

  private String seen(Browser browser) {
    return browser.text("main") + said();
  }

  /** Everything that the training has said. */
  private String said() {
    return read("said");
  }

  /** Everything that a process has said. */
  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
