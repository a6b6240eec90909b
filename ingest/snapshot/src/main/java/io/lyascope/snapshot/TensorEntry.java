package io.lyascope.snapshot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the header says of one tensor.
 *
 * @param type the element type as written; one that is not a {@link Dtype} is skipped
 * @param begin first byte, counted from the start of the buffer
 * @param end the byte after the last one
 */
record TensorEntry(String name, String type, long[] shape, long begin, long end) {

  private static final int HEADER = 8;

  static TensorEntry parse(String name, Object value) {
    if (value instanceof Map<?, ?> entry
        && entry.get("dtype") instanceof String type
        && entry.get("shape") instanceof List<?> shape
        && entry.get("data_offsets") instanceof List<?> offsets
        && offsets.size() == 2) {
      long begin = natural(name, offsets.get(0), Malformation.OFFSETS_INVALID);
      long end = natural(name, offsets.get(1), Malformation.OFFSETS_INVALID);
      long[] extents =
          shape.stream().mapToLong(n -> natural(name, n, Malformation.SHAPE_INVALID)).toArray();
      return new TensorEntry(name, type, extents, begin, end);
    }
    throw new MalformedException(
        Malformation.TENSOR_INCOMPLETE,
        name,
        HEADER,
        "wanted {\"dtype\": string, \"shape\": [...], \"data_offsets\": [begin, end]}");
  }

  private static long natural(String name, Object number, Malformation malformation) {
    if (number instanceof Long n && n >= 0) {
      return n;
    }
    throw new MalformedException(
        malformation, name, HEADER, "found " + number + ", wanted a whole number from 0 on");
  }

  Optional<Dtype> dtype() {
    return Arrays.stream(Dtype.values()).filter(d -> d.name().equals(type)).findFirst();
  }

  int[] extents() {
    return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
  }

  /**
   * Checks that the tensor begins at {@code expected}, fits the buffer and is as large as it says.
   */
  void checkPlace(long expected, long bufferSize, Limits limits, long bufferStart) {
    if (end < begin) {
      throw at(bufferStart, Malformation.OFFSETS_INVALID, "ends at " + end + " before it begins");
    }
    if (end > bufferSize) {
      throw at(
          bufferStart,
          Malformation.OFFSETS_OUT_OF_BOUNDS,
          "ends at byte " + end + " of a buffer of " + bufferSize);
    }
    if (begin < expected) {
      throw at(
          bufferStart,
          Malformation.OFFSETS_OVERLAP,
          "begins inside the tensor that ends at " + expected);
    }
    if (begin > expected) {
      throw at(bufferStart, Malformation.OFFSETS_HOLE, "leaves a hole behind byte " + expected);
    }
    if (end - begin > limits.tensor()) {
      throw at(
          bufferStart,
          Malformation.TENSOR_TOO_LARGE,
          "has " + (end - begin) + " bytes, at most " + limits.tensor() + " are taken");
    }
    dtype().ifPresent(dtype -> checkSize(dtype, bufferStart));
  }

  private void checkSize(Dtype dtype, long bufferStart) {
    long size;
    try {
      size = dtype.size();
      for (long extent : shape) {
        Math.toIntExact(extent);
        size = Math.multiplyExact(size, extent);
      }
    } catch (ArithmeticException e) {
      throw at(
          bufferStart,
          Malformation.SHAPE_OVERFLOW,
          "the shape " + Arrays.toString(shape) + " overflows");
    }
    if (size != end - begin) {
      throw at(
          bufferStart,
          Malformation.SIZE_MISMATCH,
          type + Arrays.toString(shape) + " needs " + size + " bytes, found " + (end - begin));
    }
  }

  private MalformedException at(long bufferStart, Malformation malformation, String message) {
    return new MalformedException(malformation, name, bufferStart + begin, message);
  }
}
