package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.aelle.Corpus;
import io.lyascope.aelle.Predictor;
import io.lyascope.server.prediction.ModelFiles;
import io.lyascope.server.programs.Programs;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/prediction.md} says of the demo's runs, by the predictors that come along. */
class DemoPredictionsIT {

  private static final Path RECORDINGS = Programs.ROOT.resolve("ingest/recordings");
  private static final Path CORPORA = Programs.ROOT.resolve("ingest/corpora");

  @TempDir Path folder;

  /** The predictions of a recording's snapshots up to half of the training. */
  private List<JsonObject> predictions(String name) throws IOException, JsonException {
    List<String> words = new ArrayList<>(List.of("analyze"));
    try (Recording recording = Recording.open(RECORDINGS.resolve(name + ".zip"))) {
      for (Recording.Entry entry : recording.snapshots()) {
        if (2 * entry.step() <= recording.run().totalSteps().orElseThrow()) {
          words.add(write(entry.step() + ".safetensors", entry.read()));
        }
      }
      words.addAll(List.of("--probe", write("probe.safetensors", recording.probe())));
      words.addAll(List.of("--predict", "--json", "--run"));
      words.add(Files.writeString(folder.resolve("run.json"), recording.run().toJson()).toString());
    }
    var console = new Console();
    assertEquals(ExitCode.OK, console.run(words.toArray(String[]::new)), console.err());
    List<JsonObject> found = new ArrayList<>();
    for (String line : console.out().lines().toList()) {
      found.add(JsonObject.parse(line).object("prediction").orElseThrow());
    }
    assertTrue(found.size() > 3, name + " has " + found.size() + " snapshots");
    return found;
  }

  private String write(String file, byte[] content) throws IOException {
    return Files.write(folder.resolve(file), content).toString();
  }

  private static String said(JsonObject prediction, String field) throws JsonException {
    return prediction.object("verdict").orElseThrow().requiredString(field);
  }

  private static List<String> kinds(List<JsonObject> predictions, double from, double to)
      throws JsonException {
    List<String> kinds = new ArrayList<>();
    for (JsonObject prediction : predictions) {
      double progress = prediction.number("progress").orElseThrow();
      if (progress >= from && progress <= to) {
        kinds.add(said(prediction, "kind"));
      }
    }
    return kinds.stream().distinct().toList();
  }

  @Test
  void whatLearnsIsPromisingFromTheFirstSnapshotOn() throws Exception {
    assertEquals(List.of("promising"), kinds(predictions("smnist-lstm"), 0, 0.5));
  }

  @Test
  void chaosIsDoomedAndForeignForAMoment() throws Exception {
    List<JsonObject> said = predictions("smnist-rnn-chaotic");
    assertEquals(List.of("doomed"), kinds(said, 0, 0));
    assertEquals(List.of("out_of_distribution"), kinds(said, 0.01, 0.05));
    assertEquals(List.of("doomed"), kinds(said, 0.08, 0.5));
  }

  @Test
  void whatForgetsIsDoomedAndThenUnlikeAnythingKnown() throws Exception {
    List<JsonObject> said = predictions("smnist-rnn-forgets");
    assertEquals("doomed", said(said.getFirst(), "kind"));
    assertEquals(List.of("out_of_distribution"), kinds(said, 0.25, 0.5));
  }

  @Test
  void twoLayersAreUndecidedAndThenPromisingByTheSweepsPredictor() throws Exception {
    List<JsonObject> said = predictions("smnist-gru-2-layers");
    JsonObject first = said.getFirst();
    assertEquals("smnist-sweep", first.object("predictor").orElseThrow().requiredString("name"));
    assertEquals("undecided", said(first, "kind"));
    assertEquals(0.35, first.number("success_probability").orElseThrow(), 0.01);
    assertEquals(List.of("promising"), kinds(said, 0.125, 0.5));
  }

  @Test
  void whatLearnsTooSlowlyIsRefusedForItsLearningRate() throws Exception {
    List<JsonObject> said = predictions("smnist-rnn");
    assertEquals(List.of("out_of_distribution"), kinds(said, 0, 0.5));
    assertTrue(
        said(said.getFirst(), "reason").contains("learning_rate"),
        Json.write(said.getFirst().fields()));
  }

  @ParameterizedTest
  @CsvSource({
    "smnist-relu-rnn-explodes,the predictor knows no rnn/relu",
    "smnist-relu-rnn-nan,the predictor knows no rnn/relu",
    "warpeace-lstm,no predictor of task warpeace-char is loaded",
    "warpeace-gru,no predictor of task warpeace-char is loaded"
  })
  void kindsAndTasksThatNobodyKnowsAreNotPredictable(String run, String why) throws Exception {
    List<JsonObject> said = predictions(run);
    assertEquals(List.of("not_predictable"), kinds(said, 0, 0.5));
    assertTrue(said(said.getFirst(), "reason").startsWith(why), said(said.getFirst(), "reason"));
  }

  private static List<String> recorded() throws IOException, JsonException {
    List<String> runs = new ArrayList<>();
    try (Stream<Path> all = Files.list(RECORDINGS)) {
      for (Path file : all.filter(file -> file.toString().endsWith(".zip")).toList()) {
        try (Recording recording = Recording.open(file)) {
          runs.add(recording.run().run());
        }
      }
    }
    assertEquals(10, runs.size());
    return runs;
  }

  @Test
  void noPredictorHasLearntFromARunOfTheDemo() throws Exception {
    for (Predictor predictor : ModelFiles.bundled().all()) {
      recorded().forEach(run -> assertFalse(predictor.hasSeen(run), run));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smnist-rows", "smnist-sweep", "charrnn-warpeace", "target-learning"})
  void noCorpusHoldsARunOfTheDemo(String name) throws Exception {
    List<String> runs = recorded();
    Corpus corpus = Corpus.read(CORPORA.resolve(name));
    assertTrue(corpus.runs().stream().noneMatch(run -> runs.contains(run.run())));
    assertEquals(List.of(), corpus.remarks());
  }
}
