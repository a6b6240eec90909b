package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.pipeline.TinyNetwork;
import io.lyascope.server.prediction.TinyPredictor;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code analyze --predict} says of snapshots that a predictor does not know. */
class AnalyzePredictTest {

  @TempDir private static Path shared;

  private static String tiny;
  private static String snapshot;
  private static String probe;

  @TempDir private Path folder;

  private final Console console = new Console();

  @BeforeAll
  static void prepare() throws IOException {
    tiny = TinyPredictor.train(shared).toString();
    snapshot = file(shared, "snapshot", TinyNetwork.snapshot("bad", 0, TinyPredictor.BAD));
    probe = file(shared, "probe", TinyNetwork.probe());
  }

  private static String file(Path folder, String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name + ".safetensors"), content).toString();
  }

  /** A predictor of other cells, another task and this protocol. */
  private String foreign(String protocol) throws IOException {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    ForeignCorpus.telling(24).protocol(protocol).write(corpus);
    String model = folder.resolve("foreign.safetensors").toString();
    ExitCode code =
        console.run("train", "--corpus", corpus.toString(), "--splits", "1", "--out", model);
    assertEquals(ExitCode.OK, code, console.err());
    return model;
  }

  private JsonObject analyze(String... options) throws JsonException {
    List<String> words = new ArrayList<>(List.of("analyze", snapshot, "--probe", probe, "--json"));
    words.addAll(List.of(options));
    assertEquals(ExitCode.OK, console.run(words.toArray(String[]::new)), console.out());
    return JsonObject.parse(console.out());
  }

  private static JsonObject prediction(JsonObject printed) throws JsonException {
    return printed.object("prediction").orElseThrow();
  }

  private static String verdict(JsonObject prediction, String field) throws JsonException {
    return prediction.object("verdict").orElseThrow().requiredString(field);
  }

  private String run(String fields) throws IOException {
    return Files.writeString(
            folder.resolve("run.json"),
            "{\"type\":\"run\",\"run\":\"bad\",\"total_steps\":1000,%s}".formatted(fields))
        .toString();
  }

  @Test
  void theRunsOwnTaskGivesANumber() throws Exception {
    JsonObject said = prediction(analyze("--predict", tiny, "--run", run("\"task\":\"tiny\"")));

    assertEquals("doomed", verdict(said, "kind"));
    assertTrue(said.number("success_probability").orElseThrow() < 0.5);
    assertEquals("val_loss", said.requiredString("metric"));
  }

  @Test
  void anotherTaskIsAVerdictOfItsOwnAndNoNumber() throws Exception {
    JsonObject said = prediction(analyze("--predict", tiny, "--run", run("\"task\":\"other\"")));

    assertEquals("not_predictable", verdict(said, "kind"));
    assertEquals(
        "no predictor of task other is loaded; loaded: tiny (task tiny)", verdict(said, "reason"));
    assertFalse(said.fields().containsKey("success_probability"));
    assertEquals(null, said.fields().get("predictor"));
  }

  @Test
  void theBundledPredictorsSayThatATaskIsUnknownAndTheSpectrumIsThere() throws Exception {
    JsonObject printed = analyze("--predict", "--run", run("\"task\":\"other\""));

    assertTrue(printed.numbers("exponents").orElseThrow().length > 0);
    String reason = verdict(prediction(printed), "reason");
    assertTrue(reason.startsWith("no predictor of task other is loaded; loaded: smnist"), reason);
  }

  @Test
  void aSpectrumOfAnotherProtocolIsNotPredictable() throws Exception {
    JsonObject said =
        prediction(analyze("--predict", tiny, "--protocol", "{\"state\":\"full\",\"steps\":12}"));

    assertEquals("not_predictable", verdict(said, "kind"));
    assertTrue(verdict(said, "reason").contains("steps"), verdict(said, "reason"));
  }

  @Test
  void anUnknownArchitectureIsNotPredictable() throws Exception {
    JsonObject said = prediction(analyze("--predict", foreign("{\"burn_in\":5,\"steps\":30}")));

    assertEquals("not_predictable", verdict(said, "kind"));
  }

  @Test
  void severalModelsGiveAListInWhichEveryoneHasItsPlace() throws Exception {
    String unmeasurable = foreign("{\"name\":\"long/1\",\"steps\":500}");
    String known = run("\"task\":\"tiny\"");

    JsonObject printed = analyze("--predict", unmeasurable, tiny, "--run", known);

    assertEquals(30, printed.object("protocol").orElseThrow().integer("steps").orElseThrow());
    List<JsonObject> said = printed.objects("prediction");
    assertEquals(2, said.size());
    assertEquals("not_predictable", verdict(said.getFirst(), "kind"));
    String reason = verdict(said.getFirst(), "reason");
    assertTrue(reason.startsWith("its protocol cannot be measured here: "), reason);
    assertEquals("doomed", verdict(said.getLast(), "kind"));

    JsonObject alone = prediction(analyze("--predict", tiny, "--run", known));
    assertEquals(alone.fields(), said.getLast().fields());
  }

  @Test
  void whereNobodysProtocolCanBeMeasuredTheFileIsRefused() throws Exception {
    String unmeasurable = foreign("{\"name\":\"long/1\",\"steps\":500}");

    assertEquals(
        ExitCode.FAILURE,
        console.run("analyze", snapshot, "--probe", probe, "--json", "--predict", unmeasurable));

    assertTrue(console.out().contains("\"error\""), console.out());
  }
}
