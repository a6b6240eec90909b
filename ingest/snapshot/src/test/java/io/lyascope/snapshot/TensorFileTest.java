package io.lyascope.snapshot;

import static io.lyascope.snapshot.RawFile.entry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorFileTest {

  private static final Limits LIMITS = new Limits(1000, 64, 2000);

  @Test
  void whatIsWrittenIsReadBack() {
    Tensor w = Tensor.of("w", Dtype.F64, new int[] {2, 3}, 1, 2, 3, 4, 5, Math.PI);
    Tensor b = Tensor.of("b", Dtype.F32, new int[] {1}, -0.5);
    Tensor empty = Tensor.of("none", Dtype.F32, new int[] {0, 4});
    TensorFile file = TensorFile.of(Map.of("a", "\u00e4\n\"<b>"), List.of(w, empty, b));

    TensorFile read = TensorFile.read(file.write(), LIMITS);

    assertEquals(file.metadata(), read.metadata());
    assertEquals(List.of("w", "none", "b"), List.copyOf(read.tensors().keySet()));
    assertArrayEquals(w.toDoubles(), read.tensors().get("w").toDoubles());
    assertEquals("w F64[2, 3]", read.tensors().get("w").toString());
    assertEquals(0, read.tensors().get("none").count());
    assertEquals(-0.5, read.tensors().get("b").toDoubles()[0]);
  }

  @ParameterizedTest
  @EnumSource(Dtype.class)
  void everyTypeKeepsWhatItCanRepresent(Dtype dtype) {
    double[] values = {0, -0.0, 1, -2.5, 0.09375, 128, Double.NaN, Double.NEGATIVE_INFINITY};
    Tensor tensor = Tensor.of("t", dtype, new int[] {8}, values);
    Tensor read =
        TensorFile.read(TensorFile.of(Map.of(), List.of(tensor)).write(), LIMITS)
            .tensors()
            .get("t");
    assertArrayEquals(values, read.toDoubles());
    assertEquals(6, read.firstNonFinite().getAsInt());
  }

  @Test
  void bfloat16RoundsToTheNearestAndTiesToEven() {
    // 1 + 2^-8 lies half-way between 1 and 1 + 2^-7; 1 + 3 * 2^-8 between 1 + 2^-7 and 1 + 2^-6
    double[] rounded =
        Tensor.of("t", Dtype.BF16, new int[] {3}, 1 + 0x1p-8, 1 + 3 * 0x1p-8, 1 + 0x1.1p-8)
            .toDoubles();
    assertArrayEquals(new double[] {1, 1 + 0x1p-6, 1 + 0x1p-7}, rounded);
  }

  @Test
  void otherElementTypesAreSkippedAndCounted() {
    String header = "{" + entry("i", "I64", "[1]", 0, 8) + "," + entry("f", "F32", "[1]", 8, 12);
    TensorFile read = TensorFile.read(RawFile.of(header + "}", 12), LIMITS);
    assertEquals(1, read.skipped());
    assertEquals(List.of("f"), List.copyOf(read.tensors().keySet()));
  }

  @Test
  void aFileOverTheLimitIsRefused() {
    assertMalformed(Malformation.FILE_TOO_LARGE, "header", new byte[2001]);
  }

  @Test
  void aFileWithoutAHeaderLengthIsRefused() {
    assertMalformed(Malformation.HEADER_LENGTH_MISSING, "header", new byte[7]);
  }

  @Test
  void aHeaderOverTheLimitIsRefused() {
    assertMalformed(Malformation.HEADER_TOO_LARGE, "header", RawFile.claiming(1001, 1500));
    assertMalformed(Malformation.HEADER_TOO_LARGE, "header", RawFile.claiming(-1, 20));
  }

  @Test
  void aHeaderThatRunsPastTheEndIsRefused() {
    assertMalformed(Malformation.HEADER_TRUNCATED, "header", RawFile.claiming(21, 20));
  }

  @Test
  void aHeaderThatIsNotUtf8IsRefused() {
    byte[] header = "{\"?\":{}}".getBytes(StandardCharsets.UTF_8);
    header[2] = (byte) 0xff;
    assertMalformed(Malformation.HEADER_NOT_UTF8, "header", RawFile.of(header, 0));
  }

  @Test
  void aHeaderThatIsNoJsonObjectIsRefused() {
    for (String header : List.of("", "[]", "{\"a\":", "{} {}", "{'a':1}", "null")) {
      assertMalformed(Malformation.HEADER_NOT_JSON, "header", RawFile.of(header, 0));
    }
  }

  @Test
  void metadataThatIsNotTextIsRefused() {
    assertMalformed(
        Malformation.METADATA_NOT_STRINGS,
        "step",
        RawFile.of("{\"__metadata__\":{\"step\":1}}", 0));
    assertMalformed(
        Malformation.METADATA_NOT_STRINGS, "__metadata__", RawFile.of("{\"__metadata__\":[]}", 0));
  }

  @Test
  void anEntryThatLacksAFieldIsRefused() {
    assertMalformed(
        Malformation.TENSOR_INCOMPLETE, "w", RawFile.of("{\"w\":{\"dtype\":\"F32\"}}", 0));
    assertMalformed(Malformation.TENSOR_INCOMPLETE, "w", RawFile.of("{\"w\":7}", 0));
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    String twice = entry("w", "F32", "[1]", 0, 4) + "," + entry("w", "F32", "[1]", 4, 8);
    assertMalformed(Malformation.TENSOR_DUPLICATE, "w", RawFile.of("{" + twice + "}", 8));
  }

  @Test
  void aShapeThatIsNotMadeOfNaturalNumbersIsRefused() {
    for (String shape : List.of("[-1]", "[1.5]", "[\"2\"]", "[99999999999999999999]")) {
      assertTensorMalformed(Malformation.SHAPE_INVALID, entry("w", "F32", shape, 0, 4), 4);
    }
  }

  @Test
  void aShapeThatOverflowsIsRefused() {
    assertTensorMalformed(
        Malformation.SHAPE_OVERFLOW, entry("w", "F32", "[4294967296,4294967296]", 0, 0), 0);
    assertTensorMalformed(
        Malformation.SHAPE_OVERFLOW, entry("w", "F32", "[2147483648,0]", 0, 0), 0);
  }

  @Test
  void offsetsThatAreNoIntervalAreRefused() {
    assertTensorMalformed(Malformation.OFFSETS_INVALID, entry("w", "F32", "[1]", -4, 0), 4);
    assertTensorMalformed(Malformation.OFFSETS_INVALID, entry("w", "F32", "[1]", 8, 4), 8);
  }

  @Test
  void offsetsPastTheBufferAreRefused() {
    assertTensorMalformed(Malformation.OFFSETS_OUT_OF_BOUNDS, entry("w", "F32", "[2]", 0, 8), 4);
  }

  @Test
  void overlappingTensorsAreRefused() {
    String both = entry("a", "F32", "[2]", 0, 8) + "," + entry("w", "F32", "[2]", 4, 12);
    assertTensorMalformed(Malformation.OFFSETS_OVERLAP, both, 12);
  }

  @Test
  void aHoleBetweenTensorsIsRefused() {
    String both = entry("a", "F32", "[1]", 0, 4) + "," + entry("w", "F32", "[1]", 8, 12);
    assertTensorMalformed(Malformation.OFFSETS_HOLE, both, 12);
  }

  @Test
  void aShapeThatDoesNotFillItsBytesIsRefused() {
    assertTensorMalformed(Malformation.SIZE_MISMATCH, entry("w", "F32", "[3]", 0, 8), 8);
    assertTensorMalformed(Malformation.SIZE_MISMATCH, entry("w", "BF16", "[]", 0, 4), 4);
  }

  @Test
  void aTensorOverTheLimitIsRefused() {
    assertTensorMalformed(Malformation.TENSOR_TOO_LARGE, entry("w", "F32", "[17]", 0, 68), 68);
  }

  @Test
  void bytesBehindTheLastTensorAreRefused() {
    String header = "{" + entry("w", "F32", "[1]", 0, 4) + "}";
    assertMalformed(Malformation.TRAILING_BYTES, "header", RawFile.of(header, 5));
  }

  @Test
  void randomDamageIsEitherHarmlessOrMalformed() {
    byte[] sound =
        TensorFile.of(
                Map.of("k", "v"),
                List.of(
                    Tensor.of("a", Dtype.F32, new int[] {2, 2}, 1, 2, 3, 4),
                    Tensor.of("b", Dtype.F16, new int[] {3}, 5, 6, 7)))
            .write();
    Random random = new Random(1);
    int refused = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      byte[] damaged = sound.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        TensorFile.read(damaged, LIMITS).tensors().values().forEach(Tensor::toDoubles);
      } catch (MalformedException e) {
        refused++;
      }
    }
    assertEquals(true, refused > 10_000, "only " + refused + " were refused");
  }

  private static void assertTensorMalformed(Malformation wanted, String entries, int bufferBytes) {
    assertMalformed(wanted, "w", RawFile.of("{" + entries + "}", bufferBytes));
  }

  private static void assertMalformed(Malformation wanted, String field, byte[] file) {
    MalformedException e =
        assertThrows(MalformedException.class, () -> TensorFile.read(file, LIMITS));
    assertEquals(wanted, e.malformation(), e.getMessage());
    assertEquals(field, e.field(), e.getMessage());
    assertEquals(RefusedException.Kind.MALFORMED, e.kind());
  }
}
