package io.lyascope.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.kafka.Publisher;
import io.lyascope.server.BrokerFixture;
import io.lyascope.server.Monitor;
import io.lyascope.server.Waiting;
import io.lyascope.server.config.Config;
import io.lyascope.server.programs.NeedsProgram;
import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is stopped from its page, in real Chromium. */
@NeedsProgram({"chromium", "chromedriver"})
class StopPageIT {

  private static final String TOKEN = "operator-token";
  private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";
  private static final String STOP = "[data-command=stop]";
  private static final String VETO = "[data-command=veto]";

  @TempDir Path profile;
  private Monitor monitor;
  private Publisher publisher;
  private Browser browser;

  @BeforeEach
  void open() throws JsonException {
    Config config =
        Config.load(
            Optional.empty(), Map.of("LYASCOPE_AUTH_OPERATOR_TOKEN", TOKEN), BrokerFixture.keys());
    monitor = Monitor.start(config);
    publisher = new Publisher(config.kafka().cluster());
    browser = Browser.open(profile);
    publisher.run(RunDocument.parse("{\"type\":\"run\",\"run\":\"r\"}")).join();
    publisher
        .scalars(ScalarsDocument.parse("{\"type\":\"scalars\",\"run\":\"r\",\"step\":1}"))
        .join();
    browser.show(monitor.url() + "#/run/r");
    Waiting.until("the button", () -> browser.isVisible(STOP), () -> browser.text("main"));
  }

  @AfterEach
  void close() {
    browser.close();
    publisher.close();
    monitor.close();
  }

  @Test
  void aRunIsStoppedWithReasonAndTokenAndItsAnswersAreShownAsText() {
    stop(TOKEN, HOSTILE);
    awaitText("Waiting for its answer until");
    assertTrue(browser.text("[data-testid=commands]").contains(HOSTILE));
    assertFalse(browser.isVisible(STOP), "a stop is on its way");
    assertTrue(browser.isVisible(VETO));
    answer(CommandAck.State.RECEIVED);
    awaitText("It knows, and will save and stop");
    answer(CommandAck.State.SAVED);
    awaitText("The model is saved.");
    answer(CommandAck.State.STOPPED);
    awaitText("Training has ended.");
    assertEquals(0, browser.count("img"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void aStopIsTakenBackWithTheTokenThatTheTabKnows() {
    stop(TOKEN, "");
    awaitText("Waiting for its answer");
    browser.click(VETO);
    assertFalse(browser.isVisible("[data-testid=operator-token]"));
    browser.click("[data-testid=confirm]");
    awaitText("Taken back: the run goes on.");
    assertTrue(browser.isVisible(STOP));
  }

  @Test
  void aWrongTokenIsSaidAndForgotten() {
    stop("wrong", "");
    Waiting.until(
        "the refusal",
        () -> browser.text("dialog .problem").contains("token"),
        () -> browser.text("dialog"));
    assertTrue(browser.isVisible("[data-testid=operator-token]"));
    assertEquals("", browser.text("[data-testid=commands]"));
    browser.type("[data-testid=operator-token]", TOKEN);
    browser.click("[data-testid=confirm]");
    awaitText("Waiting for its answer");
    assertEquals(0, browser.count("dialog"));
  }

  private void stop(String token, String reason) {
    browser.click(STOP);
    browser.type("[data-testid=reason]", reason);
    browser.type("[data-testid=operator-token]", token);
    browser.click("[data-testid=confirm]");
  }

  /** As the run's process would. */
  private void answer(CommandAck.State state) {
    String id = browser.run("return document.querySelector('.commands li').dataset.id").toString();
    var ack = new CommandAck(id, "r", 0, state, Optional.empty(), Optional.empty());
    publisher.control(ack).join();
  }

  private void awaitText(String text) {
    Waiting.until(
        text,
        () -> browser.text("[data-testid=commands]").contains(text),
        () -> browser.text("main"));
  }
}
