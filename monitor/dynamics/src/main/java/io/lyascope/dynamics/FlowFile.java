package io.lyascope.dynamics;

import io.lyascope.snapshot.Digests;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.MalformedException;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a flow as safetensors: a tensor for each sequence and each lane, with what it is the
 * measurement of and a digest of its numbers.
 */
final class FlowFile {

  private static final String FORMAT = "flow/2";
  private static final Limits LIMITS = new Limits(64 << 20, Long.MAX_VALUE, Long.MAX_VALUE);

  private FlowFile() {}

  static byte[] write(String measurement, List<Tensor> tensors) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("lyascope.format", FORMAT);
    metadata.put("lyascope.measurement", measurement);
    metadata.put("lyascope.digest", Digests.sha256(tensors));
    return TensorFile.of(metadata, tensors).write();
  }

  /**
   * The tensors of a file that {@link #write} wrote.
   *
   * @throws io.lyascope.snapshot.RefusedException of kind {@code malformed} for any other file
   */
  static Map<String, Tensor> read(byte[] bytes, String measurement) {
    TensorFile file;
    try {
      file = TensorFile.read(bytes.clone(), LIMITS);
    } catch (MalformedException e) {
      throw Tape.broken(e.getMessage());
    }
    require(file, "lyascope.format", FORMAT);
    require(file, "lyascope.measurement", measurement);
    require(file, "lyascope.digest", Digests.sha256(file.tensors().values()));
    return file.tensors();
  }

  private static void require(TensorFile file, String key, String wanted) {
    String found = file.metadata().get(key);
    if (!wanted.equals(found)) {
      throw Tape.broken("its " + key + " is \"" + found + "\", wanted \"" + wanted + "\"");
    }
  }
}
