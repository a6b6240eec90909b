package io.lyascope.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Files that no writer would write. */
final class RawFile {

  private RawFile() {}

  static byte[] of(String header, int bufferBytes) {
    return of(header.getBytes(StandardCharsets.UTF_8), bufferBytes);
  }

  static byte[] of(byte[] header, int bufferBytes) {
    return ByteBuffer.allocate(8 + header.length + bufferBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  static byte[] claiming(long headerLength, int bytesBehind) {
    return ByteBuffer.allocate(8 + bytesBehind)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(headerLength)
        .array();
  }

  /** One tensor's entry in a header. */
  static String entry(String name, String dtype, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, dtype, shape, begin, end);
  }
}
