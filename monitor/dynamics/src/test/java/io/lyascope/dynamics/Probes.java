package io.lyascope.dynamics;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Probes and protocols for tests. */
final class Probes {

  private Probes() {}

  static Probe of(Tensor... tensors) {
    return new Probe("synthetic", ProtocolPatch.NONE, TensorFile.of(Map.of(), List.of(tensors)));
  }

  static Probe random(int sequences, int steps, int width, long seed) {
    return of(inputs(sequences, steps, width, seed));
  }

  static Tensor inputs(int sequences, int steps, int width, long seed) {
    return Networks.gaussian("inputs", new Random(seed), 1, sequences, steps, width);
  }

  /** A probe of maps without input that starts from one state. */
  static Probe autonomous(int steps, double... state) {
    return of(
        Tensor.of("inputs", Dtype.F64, new int[] {1, steps, 0}),
        Tensor.of("h0", Dtype.F64, new int[] {1, state.length}, state));
  }

  static Protocol protocol(String json) {
    return Protocol.DEFAULT.with(ProtocolPatch.parse(json.replace('\'', '"')));
  }

  /** One sequence of a probe, alone. */
  static Probe sequence(Probe probe, int sequence) {
    return of(
        probe.file().tensors().values().stream()
            .map(tensor -> sequence(tensor, sequence))
            .toArray(Tensor[]::new));
  }

  private static Tensor sequence(Tensor batch, int sequence) {
    int[] shape = batch.shape();
    int size = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
    double[] values = Arrays.copyOfRange(batch.toDoubles(), sequence * size, (sequence + 1) * size);
    shape[0] = 1;
    return Tensor.of(batch.name(), Dtype.F64, shape, values);
  }
}
