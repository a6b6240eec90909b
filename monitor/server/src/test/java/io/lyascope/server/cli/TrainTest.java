package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.aelle.Predictor;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corpora of foreign origin train, or are refused with a reason. */
class TrainTest {

  @TempDir Path folder;

  private final Console console = new Console();

  private ExitCode train(String... options) {
    String[] words =
        Arrays.copyOf(
            new String[] {"train", "--corpus", folder.toString(), "--splits", "2"},
            5 + options.length);
    System.arraycopy(options, 0, words, 5, options.length);
    return console.run(words);
  }

  /** What is wrong, in one line on stderr, with nothing on stdout and no file written. */
  private String refusal() {
    Path model = folder.resolve("refused.safetensors");
    assertEquals(ExitCode.FAILURE, train("--out", model.toString(), "--json"));
    assertEquals("", console.out());
    assertFalse(Files.exists(model));
    assertEquals(1, console.err().lines().count(), console.err());
    return console.err().strip();
  }

  @Test
  void aTaskCellsAndMetricThatNobodyHereKnowsTrain() throws IOException, JsonException {
    ForeignCorpus.telling(110).write(folder);
    Path model = folder.resolve("theirs.safetensors");

    ExitCode code = train("--out", model.toString(), "--json");

    assertEquals(ExitCode.OK, code, console.err());
    assertEquals(1, console.out().lines().count());
    JsonObject evaluation = JsonObject.parse(console.out());
    assertEquals("their sentences", evaluation.requiredString("task"));
    assertEquals(0, evaluation.number("stage").orElseThrow());
    assertTrue(auc(evaluation, "default") > 0.85, console.out());
    Predictor predictor = Predictor.load(model);
    assertEquals("their sentences", predictor.task());
    assertEquals(List.of("cornn", "gru"), predictor.architectures());
    assertEquals(true, predictor.card().get("trusted"));
  }

  private static double auc(JsonObject evaluation, String name) throws JsonException {
    JsonObject figures = evaluation.object("predictors").orElseThrow().object(name).orElseThrow();
    return figures.object("auc").orElseThrow().number("mean").orElseThrow();
  }

  @Test
  void twentyRunsThatTeachNothingTrainAPredictorThatIsNotTrusted() throws IOException {
    ForeignCorpus.meaningless(20).write(folder);
    Path model = folder.resolve("theirs.safetensors");

    assertEquals(ExitCode.OK, train("--out", model.toString()), console.err());

    assertTrue(console.err().contains("too few runs to be trusted"), console.err());
    assertEquals(false, Predictor.load(model).card().get("trusted"));
  }

  @Test
  void theSameSeedPrintsTheSameNumbers() throws IOException {
    ForeignCorpus.telling(24).write(folder);
    train("--json", "--seed", "3");
    String once = console.out();

    train("--json", "--seed", "3");

    assertEquals(once, console.out());
    train("--json", "--seed", "4");
    assertFalse(once.equals(console.out()));
  }

  @Test
  void deadExponentsAreLearntFromAndNanIsLeftOutAloud() throws IOException {
    var corpus = ForeignCorpus.telling(24);
    for (int i = 0; i < 10; i++) {
      corpus.exponents(i).set(11, "-Infinity");
    }
    corpus.exponents(20).set(3, "NaN");
    corpus.exponents(21).set(0, "Infinity");
    corpus.write(folder);

    assertEquals(ExitCode.OK, train(), console.err());

    assertTrue(
        console
            .err()
            .contains("note: 2 spectra have NaN, +Infinity or no exponents and are left out"),
        console.err());
    assertTrue(console.out().contains("their sentences at 0 %"), console.out());
    assertFalse(console.out().contains("NaN"), console.out());
  }

  @Test
  void runsThatEndedInNanAreBadAndCopiesCountOnce() throws IOException {
    var corpus = ForeignCorpus.telling(24);
    corpus.run(2).put("outcome", Map.of("accuracy", "NaN"));
    corpus.run(5).put("outcome", Map.of("accuracy", "-Infinity"));
    corpus.repeat(7);
    corpus.repeat(8);
    corpus.write(folder);

    assertEquals(ExitCode.OK, train(), console.err());

    assertTrue(console.err().contains("note: 2 runs are copies of others"), console.err());
  }

  @Test
  void aRecordThatIsNoJsonIsNamedWithFileAndLine() throws IOException {
    var corpus = ForeignCorpus.telling(20);
    String cut = Json.write(corpus.run(6));
    corpus.write(folder, 7, cut.substring(0, 60));

    assertTrue(refusal().startsWith("lyascope: runs.jsonl.gz, line 7: "), console.err());
  }

  @Test
  void aFieldOfAnotherTypeIsNamedWithFileAndLine() throws IOException {
    var corpus = ForeignCorpus.telling(20);
    corpus.stage(3).put("exponents", "all of them");
    corpus.write(folder);

    String refusal = refusal();

    assertTrue(refusal.startsWith("lyascope: runs.jsonl.gz, line 4: field "), refusal);
    assertTrue(refusal.contains("exponents"), refusal);
  }

  @Test
  void anArchitectureWithoutACellIsNamedWithFileAndLine() throws IOException {
    var corpus = ForeignCorpus.telling(20);
    corpus.run(9).put("architecture", Map.of("hidden_size", 12));
    corpus.write(folder);

    String refusal = refusal();

    assertTrue(refusal.startsWith("lyascope: runs.jsonl.gz, line 10: "), refusal);
    assertTrue(refusal.contains("cell"), refusal);
  }

  @Test
  void anOutcomeOfAnotherMetricIsNamedWithFileAndLine() throws IOException {
    var corpus = ForeignCorpus.telling(20);
    corpus.run(0).put("outcome", Map.of("val_loss", 0.3));
    corpus.write(folder);

    assertEquals("lyascope: runs.jsonl.gz, line 1: field outcome.accuracy is missing", refusal());
  }

  @Test
  void aFileThatIsCutOffIsNamed() throws IOException {
    ForeignCorpus.telling(20).write(folder);
    Path runs = folder.resolve("runs.jsonl.gz");
    byte[] whole = Files.readAllBytes(runs);
    Files.write(runs, Arrays.copyOf(whole, whole.length / 2));
    assertTrue(refusal().contains("runs.jsonl.gz is no whole gzip file"), console.err());

    Files.writeString(runs, "{}");
    assertTrue(refusal().contains("runs.jsonl.gz is no whole gzip file"), console.err());
  }

  @Test
  void aFolderWithoutACorpusIsNamed() {
    assertEquals("lyascope: " + folder + " holds no corpus.json", refusal());
  }

  @Test
  void tooFewRunsOutcomesOrGroupsAreRefused() throws IOException {
    ForeignCorpus.telling(9).write(folder);
    assertEquals("lyascope: 9 runs can be learnt from, wanted 12 or more", refusal());

    var alike = ForeignCorpus.telling(20);
    for (int i = 0; i < 20; i++) {
      alike.run(i).put("outcome", Map.of("accuracy", 0.5));
    }
    alike.write(folder);
    assertEquals("lyascope: 0 of 20 runs are good, wanted 4 or more of either kind", refusal());

    var family = ForeignCorpus.telling(20);
    for (int i = 0; i < 20; i++) {
      family.run(i).put("group", "family-" + i % 4);
    }
    family.write(folder);
    assertEquals(
        "lyascope: field group: the runs are of 4 groups, which stay together;"
            + " wanted 5 or more",
        refusal());
  }
}
