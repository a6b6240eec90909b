package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.aelle.Predictor;
import io.lyascope.server.prediction.TinyPredictor;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is at the place of a new predictor is not overwritten by a worse one. */
class TrainReplaceTest {

  private static final int KNOWN = 40;

  @TempDir Path folder;

  private final Console console = new Console();
  private Path model;

  @BeforeEach
  void namePlace() {
    model = folder.resolve("model.safetensors");
  }

  private ExitCode train(ForeignCorpus corpus, String... options) throws IOException {
    Path written = corpus.write(Files.createTempDirectory(folder, "corpus"));
    List<String> words = new ArrayList<>(List.of("train", "--corpus", written.toString()));
    words.addAll(List.of("--splits", "1"));
    words.addAll(List.of(options));
    return console.run(words.toArray(String[]::new));
  }

  /** Twenty runs of a later day beside the known ones, which are said to have ended otherwise. */
  private static ForeignCorpus misleading() {
    ForeignCorpus corpus = ForeignCorpus.telling(KNOWN + 20);
    IntStream.range(0, KNOWN).forEach(corpus::invert);
    IntStream.range(KNOWN, KNOWN + 20).forEach(i -> corpus.run(i).put("run", "later-" + i));
    return corpus;
  }

  private static ForeignCorpus honest() {
    return ForeignCorpus.telling(120);
  }

  @Test
  void aWorseOneIsWrittenOnlyIfItIsToReplace() throws IOException {
    train(honest(), "--out", model.toString());
    byte[] before = Files.readAllBytes(model);

    assertEquals(ExitCode.REFUSED_BY_POLICY, train(misleading(), "--out", model.toString()));

    assertTrue(console.err().contains("the new predictor is worse than"), console.err());
    assertTrue(console.err().contains("--replace"), console.err());
    assertArrayEquals(before, Files.readAllBytes(model));

    assertEquals(ExitCode.OK, train(misleading(), "--out", model.toString(), "--replace"));
    assertEquals(60, Predictor.load(model).card().get("runs"));
  }

  @Test
  void aBetterOneReplacesAndItsCardSaysWhatItBeat() throws IOException, JsonException {
    train(misleading(), "--out", model.toString());
    ForeignCorpus later = honest();
    IntStream.range(0, 120).forEach(i -> later.run(i).put("run", "another-" + i));

    ExitCode code =
        train(later, "--out", model.toString(), "--against", model.toString(), "--json");

    assertEquals(ExitCode.OK, code, console.err());
    assertTrue(console.err().contains("the new predictor is better than"), console.err());
    JsonObject comparison = JsonObject.parse(console.out().lines().toList().getLast());
    assertEquals("comparison", comparison.requiredString("type"));
    assertEquals("better", comparison.requiredString("result"));
    JsonObject brier = comparison.object("brier").orElseThrow().object("difference").orElseThrow();
    assertTrue(brier.number("high").orElseThrow() < 0);
    assertEquals(120, Predictor.load(model).card().get("runs"));
    assertTrue(Predictor.load(model).card().containsKey("compared"));
  }

  @Test
  void oneThatHasLearntFromTheSameRunsIsNotCompared() throws IOException {
    train(honest(), "--out", model.toString());

    assertEquals(ExitCode.OK, train(honest(), "--out", model.toString()), console.err());

    assertTrue(console.err().contains("not compared with predictor"), console.err());
  }

  @Test
  void thePredictorOfAnotherTaskIsNotOverwrittenUnasked() throws IOException {
    Path other = TinyPredictor.train(folder);
    byte[] before = Files.readAllBytes(other);

    assertEquals(ExitCode.REFUSED_BY_POLICY, train(honest(), "--out", other.toString()));

    assertEquals("", console.out());
    assertTrue(console.err().contains("another task, protocol or outcome (tiny)"), console.err());
    assertArrayEquals(before, Files.readAllBytes(other));
    assertEquals(
        ExitCode.FAILURE,
        train(honest(), "--out", model.toString(), "--against", other.toString()));
    assertFalse(Files.exists(model));
  }

  @Test
  void aPlaceThatIsNotThereIsSaidBeforeTraining() throws IOException {
    Path nowhere = folder.resolve("nowhere").resolve("model.safetensors");

    assertEquals(ExitCode.USAGE, train(honest(), "--out", nowhere.toString()));

    assertEquals("lyascope: --out: there is no folder for " + nowhere, console.err().strip());
  }
}
