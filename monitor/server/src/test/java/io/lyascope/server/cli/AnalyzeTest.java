package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.demo.TinyRun;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeTest {

  private static final String FIELDS =
      "file run attempt step cell state protocol complete converged exponents standard_error"
          + " resolution resolved dead max min mean variance min_finite mean_finite"
          + " variance_finite neg_inf positive near_zero entropy_rate kaplan_yorke_dimension"
          + " log10_condition leading_vector_participation_ratio pca_dimension"
          + " pca_dimension_activity stopped interval elapsed_seconds";

  @TempDir Path folder;

  private final Console console = new Console();
  private String first;
  private String second;
  private String probe;

  @BeforeEach
  void writeFiles() throws IOException {
    first = write("first step.safetensors", TinyRun.snapshot("tiny", 1));
    second = write("second.safetensors", TinyRun.snapshot("tiny", 2));
    probe = write("probe.safetensors", TinyRun.probe("{\"burn_in\":5,\"state\":\"hidden\"}"));
  }

  @Test
  void everyFileIsOneObjectInArgumentOrder() throws JsonException {
    assertEquals(ExitCode.OK, console.run("analyze", second, first, "--probe", probe, "--json"));
    List<JsonObject> results = results();
    assertEquals(2, results.size());
    assertEquals(second, results.getFirst().requiredString("file"));
    assertEquals(1, results.getLast().integer("step").orElseThrow());
    assertEquals("", console.err());
  }

  @Test
  void theFieldsAreThoseOfTheContractInItsOrder() throws JsonException {
    console.run("analyze", first, "--probe", probe, "--json");
    JsonObject result = results().getFirst();
    assertEquals(FIELDS, String.join(" ", result.fields().keySet()));
    assertEquals("rnn", result.requiredString("cell"));
    assertEquals(4, result.numbers("exponents").orElseThrow().length);
    assertEquals(4, result.numbers("standard_error").orElseThrow().length);
  }

  @Test
  void aPredictorThatIsNotThereIsNamedOnceAndNothingIsMeasured() {
    ExitCode code =
        console.run(
            "analyze", first, second, "--probe", probe, "--json", "--predict", "no.safetensors");
    assertEquals(ExitCode.FAILURE, code);
    assertEquals("", console.out());
    assertEquals("lyascope: no.safetensors: there is no such file\n", console.err());
  }

  @Test
  void whatTheRunSaysIsOfNoUseWithoutAPredictor() {
    assertEquals(
        ExitCode.USAGE, console.run("analyze", first, "--probe", probe, "--run", "run.json"));
    assertEquals("lyascope: --run goes with --predict\n", console.err());
  }

  @Test
  void whatIfWantsANumberAndSomebodyToAsk() throws Exception {
    assertEquals(ExitCode.USAGE, console.run("analyze", first, "--probe", probe, "--what-if", "1"));
    assertEquals("lyascope: --what-if goes with --predict\n", console.err());
    assertEquals(
        ExitCode.USAGE,
        console.run("analyze", first, "--probe", probe, "--predict", "--what-if", "NaN"));
    assertTrue(console.err().endsWith("lyascope: --what-if: \"NaN\" is not a number\n"));
  }

  @Test
  void aFeedForwardNetworkHasFiniteTimeExponentsInstead() throws JsonException, IOException {
    String architecture = "{\"cell\":\"feedforward\",\"input_size\":1,\"bias\":false}";
    Map<String, String> metadata =
        Map.of(
            "lyascope.format", "snapshot/1",
            "lyascope.run", "deep",
            "lyascope.step", "3",
            "lyascope.architecture", architecture);
    TensorFile network =
        TensorFile.of(
            metadata,
            List.of(
                Tensor.of("layers.0.weight", Dtype.F64, new int[] {1, 1}, 2),
                Tensor.of("layers.1.weight", Dtype.F64, new int[] {1, 1}, 1)));
    TensorFile origin =
        TensorFile.of(
            Map.of("lyascope.format", "probe/1"),
            List.of(Tensor.of("inputs", Dtype.F64, new int[] {1, 1}, 0)));
    String deep = write("deep.safetensors", network.write());
    String inputs = write("inputs.safetensors", origin.write());
    assertEquals(ExitCode.OK, console.run("analyze", deep, "--probe", inputs, "--json"));
    JsonObject result = results().getFirst();
    assertEquals(
        "file run attempt step cell complete finite_time elapsed_seconds",
        String.join(" ", result.fields().keySet()));
    JsonObject finiteTime = result.object("finite_time").orElseThrow();
    assertEquals(Math.log(2), finiteTime.number("mean").orElseThrow(), 1e-15);
    assertEquals(ExitCode.OK, console.run("analyze", deep, "--probe", inputs));
  }

  @Test
  void theCommandLineBeatsTheProbeWhichBeatsTheDefault() throws JsonException, IOException {
    console.run("analyze", first, "--probe", probe, "--protocol", "{\"steps\":30}", "--json");
    JsonObject protocol = results().getFirst().object("protocol").orElseThrow();
    assertEquals(30, protocol.integer("steps").orElseThrow());
    assertEquals(5, protocol.integer("burn_in").orElseThrow());
    assertEquals("hidden", protocol.requiredString("state"));
    assertEquals(0, protocol.integer("warmup").orElseThrow());
    String file = write("protocol.json", "{\"burn_in\":7}".getBytes(StandardCharsets.UTF_8));
    console.run("analyze", first, "--probe", probe, "--protocol", file, "--json");
    protocol = results().getFirst().object("protocol").orElseThrow();
    assertEquals(7, protocol.integer("burn_in").orElseThrow());
    assertEquals(43, protocol.integer("steps").orElseThrow(), "50 inputs less the burn-in");
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    List<List<String>> options =
        List.of(List.of(), List.of("--threads", "1"), List.of("--threads=3", "--deadline", "1h"));
    Set<String> results = new HashSet<>();
    for (List<String> some : options) {
      List<String> words = new ArrayList<>(List.of("analyze", first, "--probe", probe, "--json"));
      words.addAll(some);
      assertEquals(ExitCode.OK, console.run(words.toArray(String[]::new)));
      results.add(console.out().replaceFirst("\"elapsed_seconds.*", ""));
    }
    assertEquals(1, results.size(), results.toString());
  }

  @Test
  void aNumberOfThreadsIsAtLeastOne() {
    for (String wrong : List.of("0", "-2", "many", "1.5", "99999999999")) {
      assertEquals(
          ExitCode.USAGE, console.run("analyze", first, "--probe", probe, "--threads", wrong));
      assertTrue(console.err().contains("--threads: \"" + wrong + "\""), console.err());
    }
  }

  @Test
  void oneSequenceHasNoStandardError() throws JsonException {
    console.run("analyze", first, "--probe", probe, "--protocol", "{\"sequences\":1}", "--json");
    assertTrue(results().getFirst().fields().containsKey("standard_error"));
    assertEquals(Optional.empty(), results().getFirst().numbers("standard_error"));
  }

  @Test
  void pairsBringProbesOfTheirOwn() throws JsonException, IOException {
    String other = write("other.safetensors", TinyRun.probe("{\"burn_in\":9}"));
    assertEquals(
        ExitCode.OK, console.run("analyze", "--json", "--pairs", first, probe, second, other));
    List<Long> burnIns = new ArrayList<>();
    for (JsonObject result : results()) {
      burnIns.add(result.object("protocol").orElseThrow().integer("burn_in").orElseThrow());
    }
    assertEquals(List.of(5L, 9L), burnIns);
  }

  @Test
  void refusedFilesAreReportedAndTheOthersMeasured() throws JsonException, IOException {
    String broken = write("broken.safetensors", new byte[] {1, 2, 3});
    String missing = folder.resolve("missing.safetensors").toString();
    assertEquals(
        ExitCode.FAILURE,
        console.run("analyze", broken, missing, probe, first, "--probe", probe, "--json"));
    List<JsonObject> results = results();
    assertEquals(List.of("malformed", "malformed", "malformed"), kinds(results.subList(0, 3)));
    assertEquals(List.of("file", "error"), List.copyOf(results.get(1).fields().keySet()));
    assertTrue(console.out().contains("there is no such file"), console.out());
    assertTrue(results.get(3).object("error").isEmpty());
  }

  @Test
  void aBrokenProbeAndABrokenProtocolAreRefusedAsSuch() throws JsonException {
    assertEquals(ExitCode.FAILURE, console.run("analyze", first, "--probe", second, "--json"));
    assertEquals(List.of("probe"), kinds(results()));
    String missing = folder.resolve("missing").toString();
    assertEquals(ExitCode.FAILURE, console.run("analyze", first, "--probe", missing, "--json"));
    assertEquals(List.of("probe"), kinds(results()));
    assertEquals(
        ExitCode.FAILURE,
        console.run("analyze", first, "--probe", probe, "--protocol", "{\"steps\":0}", "--json"));
    assertEquals(List.of("protocol"), kinds(results()));
  }

  @Test
  void aDeadlineThatIsOverAtOnceGivesAnIncompleteResult() throws JsonException {
    assertEquals(
        ExitCode.OK,
        console.run("analyze", first, "--probe", probe, "--deadline", "0ms", "--json"));
    assertEquals(Optional.of(false), results().getFirst().truth("complete"));
    assertEquals("deadline", results().getFirst().requiredString("stopped"));
  }

  @Test
  void theMeansOfTheLocalRatesAreTheExponents() throws JsonException, IOException {
    Path file = folder.resolve("rates.safetensors");
    assertEquals(
        ExitCode.OK,
        console.run(
            "analyze", first, "--probe", probe, "--local-rates", file.toString(), "--json"));
    Tensor rates = TensorFile.read(Files.readAllBytes(file), Limits.DEFAULT).tensors().get("rates");
    assertEquals("[3, 45, 4]", rates.shapeText());
    double[] exponents = results().getFirst().numbers("exponents").orElseThrow();
    double[] values = rates.toDoubles();
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (int row = 0; row < 3 * 45; row++) {
        sum += values[4 * row + i];
      }
      assertEquals(exponents[i], sum / (3 * 45), 1e-12);
    }
  }

  @Test
  void theLastRunningExponentsAreTheExponents() throws JsonException, IOException {
    Path file = folder.resolve("running.safetensors");
    console.run(
        "analyze", first, "--probe", probe, "--running-exponents", file.toString(), "--json");
    TensorFile written = TensorFile.read(Files.readAllBytes(file), Limits.DEFAULT);
    Tensor running = written.tensors().get("running");
    assertEquals("[3, 45, 4]", running.shapeText());
    assertEquals("tiny", written.metadata().get("lyascope.run"));
    double[] exponents = results().getFirst().numbers("exponents").orElseThrow();
    double[] values = running.toDoubles();
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (int b = 0; b < 3; b++) {
        sum += values[(b * 45 + 44) * 4 + i];
      }
      assertEquals(exponents[i], sum / 3, 1e-12);
    }
  }

  @Test
  void theMostSensitiveStepsAreNamedForEverySnapshot() throws JsonException {
    console.run("analyze", first, second, "--probe", probe, "--sensitive-steps", "4", "--json");
    for (JsonObject result : results()) {
      List<JsonObject> steps = result.objects("sensitive_steps");
      assertEquals(4, steps.size());
      for (JsonObject step : steps) {
        assertTrue(step.integer("input").orElseThrow() >= 5, "inputs before are burn-in");
        assertTrue(
            step.number("rate").orElseThrow() <= steps.getFirst().number("rate").orElseThrow());
      }
    }
    assertEquals(
        ExitCode.OK, console.run("analyze", first, "--probe", probe, "--sensitive-steps", "1"));
  }

  @Test
  void aSnapshotAfterAnotherOfItsRunHasAnUpdate() throws JsonException, IOException {
    String stranger = write("stranger.safetensors", TinyRun.snapshot("other", 9));
    console.run("analyze", first, second, stranger, "--probe", probe, "--json");
    List<JsonObject> results = results();
    assertTrue(results.get(0).object("update").isEmpty());
    assertTrue(results.get(2).object("update").isEmpty());
    JsonObject update = results.get(1).object("update").orElseThrow();
    assertEquals(1, update.integer("since").orElseThrow());
    assertEquals(4, update.integer("rank").orElseThrow());
    double ratio = update.number("participation_ratio").orElseThrow();
    assertTrue(ratio > 0.25 && ratio < 1, "of four random singular values: " + ratio);
    assertEquals(1 / ratio, update.number("effective_dimension").orElseThrow(), 1e-12);
    assertEquals(ExitCode.OK, console.run("analyze", first, second, "--probe", probe));
    assertTrue(console.out().contains("since step 1"), console.out());
  }

  @Test
  void wrongArgumentsAreUsageErrors() {
    assertUsage("analyze", first, "--probe", probe, "--sensitive-steps", "0");
    assertUsage("analyze", first, second, "--probe", probe, "--running-exponents", "r");
    assertUsage("analyze");
    assertUsage("analyze", first);
    assertUsage("analyze", "--pairs", first);
    assertUsage("analyze", "--pairs", first, probe, "--probe", probe);
    assertUsage("analyze", first, "--probe", probe, "--deadline", "soon");
    assertUsage("analyze", first, "--probe", probe, "--protocol", "no/such/file.json");
    assertUsage("analyze", first, second, "--probe", probe, "--local-rates", "rates");
  }

  @Test
  void withoutJsonTheNumbersAreForPeople() {
    console.run("analyze", first, "--probe", probe);
    assertTrue(console.out().startsWith(first + System.lineSeparator()), console.out());
    assertTrue(console.out().contains("largest"), console.out());
    console.run("analyze", probe, "--probe", probe);
    assertTrue(console.out().contains("refused"), console.out());
  }

  private void assertUsage(String... words) {
    assertEquals(ExitCode.USAGE, console.run(words), console.err());
    assertEquals("", console.out());
  }

  private static List<String> kinds(List<JsonObject> results) throws JsonException {
    List<String> kinds = new ArrayList<>();
    for (JsonObject result : results) {
      kinds.add(result.object("error").orElse(new JsonObject(Map.of())).requiredString("kind"));
    }
    return kinds;
  }

  private List<JsonObject> results() throws JsonException {
    List<JsonObject> results = new ArrayList<>();
    for (String line : console.out().lines().toList()) {
      results.add(JsonObject.parse(line));
    }
    return results;
  }

  private String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }
}
