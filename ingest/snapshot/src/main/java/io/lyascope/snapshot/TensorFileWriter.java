package io.lyascope.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays tensors out one after the other behind their header. */
final class TensorFileWriter {

  private TensorFileWriter() {}

  static byte[] write(Map<String, String> metadata, List<Tensor> tensors) {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put("__metadata__", metadata);
    }
    int end = 0;
    for (Tensor tensor : tensors) {
      int begin = end;
      end = Math.addExact(begin, tensor.bytes().remaining());
      header.put(tensor.name(), entry(tensor, begin, end));
    }
    byte[] json = padded(Json.write(header).getBytes(StandardCharsets.UTF_8));
    ByteBuffer file =
        ByteBuffer.allocate(Math.addExact(8 + json.length, end)).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    for (Tensor tensor : tensors) {
      file.put(tensor.bytes());
    }
    return file.array();
  }

  private static Map<String, Object> entry(Tensor tensor, int begin, int end) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("dtype", tensor.dtype().name());
    entry.put("shape", tensor.shape());
    entry.put("data_offsets", new int[] {begin, end});
    return entry;
  }

  /** Spaces up to a multiple of eight, so that the tensors behind the header are aligned. */
  private static byte[] padded(byte[] json) {
    byte[] padded = new byte[(json.length + 7) / 8 * 8];
    Arrays.fill(padded, (byte) ' ');
    System.arraycopy(json, 0, padded, 0, json.length);
    return padded;
  }
}
