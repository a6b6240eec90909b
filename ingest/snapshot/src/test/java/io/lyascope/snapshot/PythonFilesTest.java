package io.lyascope.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads what the Python package wrote, and keeps what that package reads in its own tests. */
class PythonFilesTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("lyascope.root"), "ingest", "python", "tests", "golden");
  private static final String RUN = "golden \"ä\" 1";
  private static final Architecture ARCHITECTURE =
      new Architecture("lstm", 3, 2, 1, true, "rnn.", "tanh", Map.of());

  @ParameterizedTest
  @EnumSource(Dtype.class)
  void aSnapshotOfEveryElementTypeIsRead(Dtype dtype) throws Exception {
    Snapshot snapshot =
        Snapshot.read(python("snapshot-%s.safetensors".formatted(label(dtype))), Limits.DEFAULT);
    assertEquals(RUN, snapshot.run());
    assertEquals(2, snapshot.attempt());
    assertEquals(12_345_678_901L, snapshot.step());
    assertEquals(OptionalDouble.of(0.25), snapshot.progress());
    assertEquals(ARCHITECTURE, snapshot.architecture());
    assertEquals(Map.of("train_loss", 0.125, "val_loss", Double.NaN), snapshot.scalars());
    assertEquals(5, snapshot.file().tensors().size());
    for (Tensor tensor : snapshot.file().tensors().values()) {
      assertEquals(dtype, tensor.dtype());
      assertArrayEquals(numbers(tensor.shape()), tensor.toDoubles(), tensor.name());
    }
    assertTrue(snapshot.file().tensors().get("grad/rnn.weight_hh_l0").hasShape(8, 2));
  }

  @Test
  void aProbeIsReadWithItsProtocol() throws Exception {
    Probe probe = Probe.read(python("probe.safetensors"), Limits.DEFAULT);
    assertEquals("training", probe.source());
    assertArrayEquals(
        numbers(2, 10, 3), probe.tensor("inputs").orElseThrow().toDoubles(), "inputs");
    assertArrayEquals(numbers(2, 4), probe.tensor("h0").orElseThrow().toDoubles(), "h0");
    assertEquals(
        ProtocolPatch.parse("{\"burn_in\":3,\"steps\":7,\"initial_basis\":\"identity\"}"),
        probe.protocol());
  }

  @Test
  void documentsAreRead() throws Exception {
    RunDocument run = RunDocument.parse(text("run.json"));
    assertEquals(RUN, run.run());
    assertEquals(Optional.of(ARCHITECTURE), run.architecture());
    assertEquals(OptionalLong.of(10), run.totalSteps());
    assertEquals(Optional.of(Instant.parse("2026-11-23T01:02:03.456Z")), run.started());
    assertEquals(Map.of("val_loss", "-Infinity"), run.outcome());
    ScalarsDocument scalars = ScalarsDocument.parse(text("scalars.json"));
    assertEquals(ScalarsDocument.Phase.EVAL, scalars.phase());
    assertEquals(7, scalars.step());
    assertEquals(Map.of("train_loss", 0.5, "worse", Double.POSITIVE_INFINITY), scalars.values());
  }

  /** With {@code -Dlyascope.golden=write} the files are written before they are compared. */
  @ParameterizedTest
  @EnumSource(Dtype.class)
  void whatThePythonSideReadsIsWhatIsWrittenHere(Dtype dtype) throws Exception {
    Path file = GOLDEN.resolve("java").resolve(label(dtype) + ".safetensors");
    byte[] written =
        TensorFile.of(
                new TreeMap<>(Map.of("lyascope.format", "snapshot/1", "lyascope.run", RUN)),
                List.of(
                    tensor("matrix", dtype, 5, 40),
                    tensor("scalar", dtype),
                    tensor("empty", dtype, 0, 3),
                    tensor("grad/matrix", dtype, 5, 40)))
            .write();
    if ("write".equals(System.getProperty("lyascope.golden"))) {
      Files.createDirectories(file.getParent());
      Files.write(file, written);
    }
    assertArrayEquals(Files.readAllBytes(file), written);
  }

  private static Tensor tensor(String name, Dtype dtype, int... shape) {
    return Tensor.of(name, dtype, shape, numbers(shape));
  }

  /** Numbers that every element type holds exactly. */
  private static double[] numbers(int... shape) {
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return IntStream.range(0, count).mapToDouble(i -> (i % 97 - 48) / 64.0).toArray();
  }

  private static byte[] python(String name) throws Exception {
    return Files.readAllBytes(GOLDEN.resolve("python").resolve(name));
  }

  private static String text(String name) throws Exception {
    return Files.readString(GOLDEN.resolve("python").resolve(name));
  }

  private static String label(Dtype dtype) {
    return dtype.name().toLowerCase(Locale.ROOT);
  }
}
