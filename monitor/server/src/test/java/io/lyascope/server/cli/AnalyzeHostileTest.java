package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.demo.TinyRun;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file, however bad, costs no other its line. */
class AnalyzeHostileTest {

  /** An array cannot be that long, whatever the memory. */
  private static final String ENDLESS = "{\"burn_in\":0,\"steps\":%d}".formatted(Integer.MAX_VALUE);

  @TempDir Path folder;

  private final Console console = new Console();
  private String good;
  private String probe;

  @BeforeEach
  void writeFiles() throws IOException {
    good = write("good.safetensors", TinyRun.snapshot("tiny", 1));
    probe = write("probe.safetensors", TinyRun.probe("{\"burn_in\":5}"));
  }

  @Test
  void sizesThatAreClaimedAreRefusedByName() throws Exception {
    String lstm = claiming("{\"cell\":\"lstm\",\"input_size\":1,\"hidden_size\":536870912}");
    String gru = claiming("{\"cell\":\"gru\",\"input_size\":1,\"hidden_size\":2147483647}");
    String layers =
        claiming("{\"cell\":\"gru\",\"input_size\":1,\"hidden_size\":2,\"num_layers\":2147483647}");
    assertEquals(List.of("shape", "shape", "shape", ""), kinds(lstm, gru, layers, good));
  }

  @Test
  void aNameOfWrappersAloneIsAName() throws Exception {
    Tensor tensor =
        Tensor.of("module.".repeat(5_000) + "weight_hh_l0", Dtype.F32, new int[] {1, 1}, 1);
    String wrapped = claiming("{\"cell\":\"rnn\",\"hidden_size\":1,\"input_size\":1}", tensor);
    assertEquals(List.of("missing_tensor", ""), kinds(wrapped, good));
  }

  @Test
  void aNameThatNoFileCanHaveIsAnErrorOfItsOwn() throws Exception {
    assertEquals(List.of("", "internal", ""), kinds(good, "no\0file", good));
    JsonObject error = results().get(1).object("error").orElseThrow();
    assertEquals("measurement", error.requiredString("field"));
    assertTrue(error.requiredString("message").startsWith("the measurement failed: "));
  }

  @Test
  void wantOfMemoryIsAnErrorOfThatFile() throws Exception {
    String rate =
        claiming(
            "{\"cell\":\"rate\",\"hidden_size\":1,\"hyper\":{\"dt\":0.1,\"sigma\":1}}",
            Tensor.of("weight_hh", Dtype.F32, new int[] {1, 1}, 0));
    TensorFile start =
        TensorFile.of(
            Map.of("lyascope.format", "probe/1", "lyascope.protocol", ENDLESS),
            List.of(Tensor.of("h0", Dtype.F64, new int[] {1, 1}, 0)));
    String endless = write("endless.safetensors", start.write());
    assertEquals(
        ExitCode.FAILURE,
        console.run("analyze", "--json", "--pairs", rate, endless, good, probe, rate, endless));
    assertEquals(List.of("internal", "", "internal"), kinds(results()));
    JsonObject result = results().getFirst();
    assertEquals("memory", result.object("error").orElseThrow().requiredString("field"));
    assertEquals("", console.err());
  }

  @Test
  void whatCannotBeWrittenIsNoFaultOfTheSnapshot() {
    String nowhere = folder.resolve("no/such/folder/rates").toString();
    assertEquals(
        ExitCode.FAILURE,
        console.run("analyze", good, "--probe", probe, "--local-rates", nowhere, "--json"));
    assertEquals("", console.out());
    assertTrue(console.err().contains("cannot write"), console.err());
  }

  /** The kinds of error of these files, empty where a file was measured. */
  private List<String> kinds(String... files) throws JsonException {
    List<String> words = new ArrayList<>(List.of("analyze", "--json", "--probe", probe));
    words.addAll(1, List.of(files));
    assertEquals(ExitCode.FAILURE, console.run(words.toArray(String[]::new)));
    return kinds(results());
  }

  private static List<String> kinds(List<JsonObject> results) throws JsonException {
    List<String> kinds = new ArrayList<>();
    for (JsonObject result : results) {
      Optional<JsonObject> error = result.object("error");
      kinds.add(error.isPresent() ? error.get().requiredString("kind") : "");
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

  private String claiming(String architecture, Tensor... tensors) throws IOException {
    Map<String, String> metadata =
        Map.of(
            "lyascope.format", "snapshot/1",
            "lyascope.run", "hostile",
            "lyascope.step", "3",
            "lyascope.architecture", architecture);
    String name = architecture.hashCode() + ".safetensors";
    return write(name, TensorFile.of(metadata, List.of(tensors)).write());
  }

  private String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }
}
