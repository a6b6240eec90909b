package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.aelle.Corpus;
import io.lyascope.aelle.Predictor;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code train --json} prints of corpora that have all that the contract allows. */
class TrainJsonTest {

  /** The contract's names; the others are documented beside them. */
  private static final Set<String> NAMES =
      Set.of(
          "default",
          "aelle",
          "aelle_scalars",
          "le_mean",
          "le_max",
          "pca",
          "prednet",
          "loss",
          "architecture",
          "hyperparameters",
          "always_good",
          "ceiling");

  private static final Set<String> METRICS =
      Set.of("recall", "precision", "f1", "auc", "spearman", "r2", "brier", "saved_at_5_percent");

  @TempDir Path folder;

  private final Console console = new Console();

  private List<JsonObject> train(ForeignCorpus corpus, String... options)
      throws IOException, JsonException {
    List<String> words =
        new ArrayList<>(List.of("train", "--corpus", corpus.write(folder).toString(), "--json"));
    words.addAll(List.of("--splits", "3"));
    words.addAll(List.of(options));
    assertEquals(ExitCode.OK, console.run(words.toArray(String[]::new)), console.err());
    List<JsonObject> stages = new ArrayList<>();
    for (String line : console.out().lines().toList()) {
      stages.add(JsonObject.parse(line));
    }
    return stages;
  }

  private static JsonObject of(JsonObject evaluation, String name) throws JsonException {
    return evaluation.object("predictors").orElseThrow().object(name).orElseThrow();
  }

  /** Scalars, hyper-parameters, a second stage that some lack, second trainings. */
  private static ForeignCorpus whole(int count) {
    return ForeignCorpus.telling(count).describe();
  }

  @Test
  void everyNameHasEveryFigureWithItsInterval() throws Exception {
    List<JsonObject> stages = train(whole(60), "--seed", "7");

    assertEquals(2, stages.size());
    for (JsonObject stage : stages) {
      assertEquals("evaluation", stage.requiredString("type"));
      assertEquals("their sentences", stage.requiredString("task"));
      assertTrue(stage.integer("runs").orElseThrow() > 20);
      double rate = stage.number("base_rate").orElseThrow();
      assertTrue(rate > 0.2 && rate < 0.8, "base rate " + rate);
      Set<String> names = stage.object("predictors").orElseThrow().fields().keySet();
      assertTrue(names.containsAll(NAMES), names.toString());
      for (String name : NAMES) {
        assertFigures(of(stage, name), name);
      }
    }
  }

  private static void assertFigures(JsonObject figures, String name) throws JsonException {
    Set<String> known = new TreeSet<>(figures.fields().keySet());
    assertTrue(METRICS.containsAll(known), name + " has " + known);
    Set<String> missing = new TreeSet<>(METRICS);
    missing.removeAll(known);
    assertEquals(
        name.equals("always_good") ? Set.of("spearman") : Set.of(), missing, name + " lacks these");
    for (String metric : known) {
      JsonObject figure = figures.object(metric).orElseThrow();
      if (metric.equals("saved_at_5_percent")) {
        assertEquals(Set.of("saved", "good_stopped"), figure.fields().keySet());
        assertFigure(figure.object("saved").orElseThrow(), name + " saved");
        assertFigure(figure.object("good_stopped").orElseThrow(), name + " stopped");
      } else {
        assertFigure(figure, name + " " + metric);
      }
    }
  }

  private static void assertFigure(JsonObject figure, String what) throws JsonException {
    assertEquals(Set.of("mean", "low", "high"), figure.fields().keySet(), what);
    double low = figure.number("low").orElseThrow();
    double high = figure.number("high").orElseThrow();
    assertTrue(Double.isFinite(figure.number("mean").orElseThrow()), what);
    assertTrue(low <= high, what);
  }

  @Test
  void aValueDividesGoodFromBadAndMoreAccuracyIsBetter() throws Exception {
    Path model = folder.resolve("theirs.safetensors");
    JsonObject stage = train(whole(60), "--good", "0.4", "--out", model.toString()).getFirst();

    Predictor predictor = Predictor.load(model);
    assertEquals(0.4, predictor.threshold());
    assertEquals("maximize", predictor.card().get("goal"));
    assertEquals(Corpus.digest(folder), predictor.card().get("corpus_digest"));
    assertEquals(64, Corpus.digest(folder).length());
    double auc = of(stage, "default").object("auc").orElseThrow().number("mean").orElseThrow();
    assertTrue(auc > 0.8, "AUC " + auc);
    for (String nonsense : List.of("NaN", "Infinity", "-Infinity")) {
      assertEquals(
          ExitCode.USAGE, console.run("train", "--corpus", folder.toString(), "--good", nonsense));
    }
    assertEquals(
        ExitCode.USAGE, console.run("train", "--corpus", folder.toString(), "--seed", "1.5"));
  }

  @Test
  void theFieldsOfANamedProtocolArePartOfThePredictor() throws Exception {
    Path model = folder.resolve("theirs.safetensors");
    train(
        ForeignCorpus.telling(20).protocol("{\"name\":\"smnist-rows/1\"}"),
        "--out",
        model.toString());

    assertEquals(28, Predictor.load(model).protocol().steps());
    assertEquals(0, Predictor.load(model).protocol().burnIn());
  }

  @Test
  void nanAndInfinitiesAnywhereTrainAtTwentyAndAtAHundredAndTenRuns() throws Exception {
    for (int count : List.of(20, 110)) {
      ForeignCorpus corpus = whole(count);
      for (int i = 0; i < 3; i++) {
        corpus.stage(i).put("scalars", Map.of("accuracy", "-Infinity", "grad_norm", "NaN"));
        corpus.exponents(i + 3).set(11, "-Infinity");
        corpus.run(i + 6).put("outcome", Map.of("accuracy", i == 0 ? "Infinity" : "NaN"));
      }
      corpus.repeat(12);

      JsonObject stage = train(corpus).getFirst();

      assertTrue(console.err().contains("1 runs are copies of others"), console.err());
      assertFalse(console.out().contains("NaN"), console.out());
      assertTrue(of(stage, "default").object("auc").isPresent());
    }
  }
}
