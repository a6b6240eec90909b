package io.lyascope.snapshot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file in memory: string metadata and named tensors in file order.
 *
 * <p>Format: 8-byte little-endian header length, JSON header, row-major little-endian buffer whose
 * tensors lie without holes or overlaps.
 *
 * @param metadata what {@code __metadata__} held, empty if it was absent
 * @param tensors by name, in the order of their bytes
 * @param skipped tensors of an element type that is not read
 */
public record TensorFile(Map<String, String> metadata, Map<String, Tensor> tensors, int skipped) {

  public TensorFile {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** A file of these tensors in this order. */
  public static TensorFile of(Map<String, String> metadata, List<Tensor> tensors) {
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      if (byName.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException("two tensors are named " + tensor.name());
      }
    }
    return new TensorFile(metadata, byName, 0);
  }

  /**
   * Reads a file; the tensors are views of {@code bytes}, which must not change afterwards.
   *
   * @throws MalformedException naming the rule that is broken, the tensor and the offset
   */
  public static TensorFile read(byte[] bytes, Limits limits) {
    return TensorFileReader.read(bytes, limits);
  }

  /** The file's bytes. */
  public byte[] write() {
    return TensorFileWriter.write(metadata, new ArrayList<>(tensors.values()));
  }
}
