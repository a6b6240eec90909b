package io.lyascope.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A named, row-major array of numbers: a view of the file's bytes, never a copy. */
public final class Tensor {

  private final String name;
  private final Dtype dtype;
  private final int[] shape;
  private final int count;
  private final ByteBuffer bytes;

  /**
   * @param bytes the elements, little-endian, exactly {@code dtype.size() * product(shape)} bytes
   */
  Tensor(String name, Dtype dtype, int[] shape, ByteBuffer bytes) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape.clone();
    this.count = bytes.remaining() / dtype.size();
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A new tensor that holds the nearest values of {@code dtype}. */
  public static Tensor of(String name, Dtype dtype, int[] shape, double... values) {
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (count != values.length) {
      throw new IllegalArgumentException(
          name + ": " + values.length + " values for a shape of " + count);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(count, dtype.size())).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      dtype.put(bytes, i * dtype.size(), values[i]);
    }
    return new Tensor(name, dtype, shape, bytes);
  }

  public String name() {
    return name;
  }

  public Dtype dtype() {
    return dtype;
  }

  /** The extents, outermost first; empty for a scalar. */
  public int[] shape() {
    return shape.clone();
  }

  /** The number of elements. */
  public int count() {
    return count;
  }

  /** The extents as people write them, for example {@code [256, 64]}. */
  public String shapeText() {
    return Arrays.stream(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Whether the extents are exactly these. */
  public boolean hasShape(int... wanted) {
    return Arrays.equals(shape, wanted);
  }

  /** All elements in row-major order, widened exactly. */
  public double[] toDoubles() {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = dtype.get(bytes, i * dtype.size());
    }
    return values;
  }

  /** The row-major index of the first NaN or infinite element. */
  public OptionalInt firstNonFinite() {
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(dtype.get(bytes, i * dtype.size()))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The same elements under another name. */
  public Tensor renamed(String newName) {
    return new Tensor(newName, dtype, shape, bytes.duplicate());
  }

  /** The raw little-endian elements. */
  ByteBuffer bytes() {
    return bytes.duplicate();
  }

  @Override
  public String toString() {
    return name + " " + dtype + shapeText();
  }
}
