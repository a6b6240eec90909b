package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.demo.TinyRun;
import io.lyascope.server.pipeline.TinyLayers;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code analyze} says of feed-forward networks. */
class AnalyzeLayersTest {

  private static final String FIELDS =
      "layers mean standard_deviation min max per_input neg_inf mean_finite"
          + " standard_deviation_finite min_finite contrast";

  @TempDir Path folder;

  private final Console console = new Console();
  private String first;
  private String second;
  private String probe;

  @BeforeEach
  void writeFiles() throws IOException {
    first = write("first.safetensors", TinyLayers.snapshot("one", 1, 2));
    second = write("second.safetensors", TinyLayers.snapshot("two", 2, 2));
    probe = write("probe.safetensors", TinyLayers.probe());
  }

  @Test
  void theFieldsAreThoseOfTheReferenceInItsOrder() throws JsonException {
    assertEquals(ExitCode.OK, console.run("analyze", first, "--probe", probe, "--json"));
    JsonObject finiteTime = finiteTime(results().getFirst());
    assertEquals(FIELDS, String.join(" ", finiteTime.fields().keySet()));
    assertEquals(40, finiteTime.numbers("per_input").orElseThrow().length);
    double expected = TinyLayers.exponents("one", 1, 2).contrast().orElseThrow();
    assertEquals(expected, finiteTime.number("contrast").orElseThrow());
  }

  @Test
  void directionsAndSingularSpectraComeOnRequest() throws JsonException {
    assertEquals(
        ExitCode.OK,
        console.run(
            "analyze", first, "--probe", probe, "--directions", "--singular-spectrum", "--json"));
    JsonObject finiteTime = finiteTime(results().getFirst());
    List<?> directions = (List<?>) finiteTime.fields().get("directions");
    List<?> spectra = (List<?>) finiteTime.fields().get("singular_spectra");
    double[] exponents = finiteTime.numbers("per_input").orElseThrow();
    assertEquals(40, directions.size());
    for (int b = 0; b < exponents.length; b++) {
      assertEquals(2, ((List<?>) directions.get(b)).size());
      double largest = ((Number) ((List<?>) spectra.get(b)).getFirst()).doubleValue();
      assertEquals(exponents[b], largest, 1e-9);
    }
  }

  @Test
  void anEnsembleHasAClassEntropyOnALineOfItsOwn() throws JsonException {
    assertEquals(
        ExitCode.OK,
        console.run("analyze", first, second, "--probe", probe, "--entropy", "--json"));
    JsonObject last = results().getLast();
    assertEquals(3, results().size());
    assertEquals(List.of(first, second), last.fields().get("ensemble"));
    JsonObject entropy = last.object("class_entropy").orElseThrow();
    assertEquals(2, entropy.integer("classes").orElseThrow());
    double[] values = entropy.numbers("per_input").orElseThrow();
    assertEquals(40, values.length);
    assertTrue(Arrays.stream(values).allMatch(h -> h > 0 && h <= Math.log(2)));
    assertEquals(ExitCode.OK, console.run("analyze", first, "--probe", probe, "--entropy"));
    assertTrue(console.out().contains("class entropy"), console.out());
  }

  @Test
  void layersHaveNoStepsToTellOf() throws JsonException {
    Path rates = folder.resolve("rates.safetensors");
    String[] words = {
      "analyze", first, "--probe", probe, "--local-rates", rates.toString(), "--json"
    };
    assertEquals(ExitCode.FAILURE, console.run(words));
    JsonObject error = results().getFirst().object("error").orElseThrow();
    assertEquals("unsupported", error.requiredString("kind"));
    assertTrue(error.requiredString("message").contains("recurrent"), error.toString());
    assertTrue(Files.notExists(rates));
  }

  @Test
  void networksOfDifferentLayoutsAreNoEnsemble() throws JsonException, IOException {
    String other = write("other.safetensors", otherLayout());
    assertEquals(
        ExitCode.FAILURE,
        console.run("analyze", first, other, "--probe", probe, "--entropy", "--json"));
    JsonObject error = results().getLast().object("error").orElseThrow();
    assertEquals("shape", error.requiredString("kind"));
  }

  @Test
  void theFieldIsWrittenPointByPoint() throws IOException, JsonException {
    Path out = folder.resolve("field.safetensors");
    String[] words = {
      "analyze",
      first,
      second,
      "--probe",
      probe,
      "--json",
      "--field",
      "-1,1,0,3,3,2",
      "--field-out",
      out.toString()
    };
    assertEquals(ExitCode.OK, console.run(words));
    Map<String, Tensor> field = TensorFile.read(Files.readAllBytes(out), Limits.DEFAULT).tensors();
    assertEquals("[2, 2, 3]", field.get("lambda").shapeText());
    assertEquals("[2, 2, 3, 2]", field.get("direction").shapeText());
    assertEquals("[2, 3]", field.get("entropy").shapeText());
    assertEquals(List.of(-1.0, 0.0, 1.0), boxed(field.get("x")));
    assertEquals(List.of(0.0, 3.0), boxed(field.get("y")));
    // The same points as a probe.
    double[] points = {-1, 0, 0, 0, 1, 0, -1, 3, 0, 3, 1, 3};
    Tensor inputs = Tensor.of("inputs", Dtype.F64, new int[] {6, 2}, points);
    TensorFile same = TensorFile.of(Map.of("lyascope.format", "probe/1"), List.of(inputs));
    console.run("analyze", first, second, "--probe", write("p", same.write()), "--json");
    List<Double> expected = new ArrayList<>();
    for (JsonObject result : results()) {
      for (double exponent : finiteTime(result).numbers("per_input").orElseThrow()) {
        expected.add(exponent);
      }
    }
    assertEquals(expected, boxed(field.get("lambda")));
  }

  @Test
  void aFieldOfAnotherSpaceNeedsItsPlane() throws IOException, JsonException {
    Path out = folder.resolve("field.safetensors");
    TensorFile flat =
        TensorFile.of(
            Map.of(),
            List.of(
                Tensor.of("origin", Dtype.F64, new int[] {3}, 0, 0, 0),
                Tensor.of("directions", Dtype.F64, new int[] {2, 3}, 1, 0, 0, 0, 1, 0)));
    String plane = write("plane.safetensors", flat.write());
    assertEquals(
        ExitCode.FAILURE,
        console.run(
            "analyze",
            first,
            "--probe",
            probe,
            "--plane",
            plane,
            "--json",
            "--field",
            "0,1,0,1,2,2",
            "--field-out",
            out.toString()));
    JsonObject error = results().getLast().object("error").orElseThrow();
    assertEquals("plane", error.requiredString("field"));
  }

  @Test
  void otherNetworksHaveNoSuchThings() throws IOException, JsonException {
    String recurrent = write("rnn.safetensors", TinyRun.snapshot("tiny", 1));
    String inputs = write("inputs.safetensors", TinyRun.probe("{}"));
    assertEquals(
        ExitCode.FAILURE,
        console.run("analyze", recurrent, "--probe", inputs, "--directions", "--json"));
    JsonObject error = results().getFirst().object("error").orElseThrow();
    assertEquals("unsupported", error.requiredString("kind"));
    assertEquals("lyascope.architecture.cell", error.requiredString("field"));
  }

  @Test
  void aDeadlineLeavesOutTheLastInputs() throws IOException, JsonException {
    double[] points = new double[20_000];
    Tensor inputs = Tensor.of("inputs", Dtype.F64, new int[] {10_000, 2}, points);
    TensorFile many = TensorFile.of(Map.of("lyascope.format", "probe/1"), List.of(inputs));
    String[] words = {
      "analyze", first, "--probe", write("many", many.write()), "--deadline", "0ms", "--json"
    };
    assertEquals(ExitCode.OK, console.run(words));
    assertEquals(Optional.of(false), results().getFirst().truth("complete"));
    assertTrue(finiteTime(results().getFirst()).numbers("per_input").orElseThrow().length < 10_000);
  }

  @Test
  void wrongArgumentsAreUsageErrors() {
    for (String grid : List.of("1,2,3", "0,1,0,1,0,5", "a,1,0,1,2,2", "0,1,0,1,2,2.5")) {
      assertUsage("--probe", probe, "--field", grid, "--field-out", "out");
    }
    assertUsage("--probe", probe, "--field", "0,1,0,1,2,2");
    assertUsage("--probe", probe, "--field-out", "out");
    assertUsage("--probe", probe, "--plane", "plane");
    assertUsage("--pairs", probe, "--entropy");
  }

  private void assertUsage(String... words) {
    List<String> all = new ArrayList<>(List.of("analyze", first));
    all.addAll(List.of(words));
    assertEquals(ExitCode.USAGE, console.run(all.toArray(String[]::new)), console.err());
    assertEquals("", console.out());
  }

  private static byte[] otherLayout() {
    Map<String, String> metadata =
        Map.of(
            "lyascope.format", "snapshot/1",
            "lyascope.run", "other",
            "lyascope.step", "3",
            "lyascope.architecture", "{\"cell\":\"feedforward\",\"input_size\":2,\"bias\":false}");
    return TensorFile.of(
            metadata,
            List.of(
                Tensor.of("layers.0.weight", Dtype.F64, new int[] {1, 2}, 1, 1),
                Tensor.of("layers.1.weight", Dtype.F64, new int[] {2, 1}, 1, 1)))
        .write();
  }

  private static List<Double> boxed(Tensor tensor) {
    return Arrays.stream(tensor.toDoubles()).boxed().toList();
  }

  private static JsonObject finiteTime(JsonObject result) throws JsonException {
    return result.object("finite_time").orElseThrow();
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
