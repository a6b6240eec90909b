package io.lyascope.snapshot;

import java.nio.ByteBuffer;

/** The floating-point element types that are read; all others are skipped and counted. */
public enum Dtype {
  F64(8) {
    @Override
    double get(ByteBuffer bytes, int index) {
      return bytes.getDouble(index);
    }

    @Override
    void put(ByteBuffer bytes, int index, double value) {
      bytes.putDouble(index, value);
    }
  },
  F32(4) {
    @Override
    double get(ByteBuffer bytes, int index) {
      return bytes.getFloat(index);
    }

    @Override
    void put(ByteBuffer bytes, int index, double value) {
      bytes.putFloat(index, (float) value);
    }
  },
  F16(2) {
    @Override
    double get(ByteBuffer bytes, int index) {
      return Float.float16ToFloat(bytes.getShort(index));
    }

    @Override
    void put(ByteBuffer bytes, int index, double value) {
      bytes.putShort(index, Float.floatToFloat16((float) value));
    }
  },
  /** The upper half of a binary32. */
  BF16(2) {
    @Override
    double get(ByteBuffer bytes, int index) {
      return Float.intBitsToFloat(bytes.getShort(index) << 16);
    }

    @Override
    void put(ByteBuffer bytes, int index, double value) {
      bytes.putShort(index, roundToUpperHalf((float) value));
    }
  };

  private final int size;

  Dtype(int size) {
    this.size = size;
  }

  /** Bytes per element. */
  public int size() {
    return size;
  }

  /** The element at byte {@code index}, exactly. */
  abstract double get(ByteBuffer bytes, int index);

  /** Writes the nearest representable value at byte {@code index}. */
  abstract void put(ByteBuffer bytes, int index, double value);

  /** Round to nearest, ties to even; a NaN stays a NaN. */
  private static short roundToUpperHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
