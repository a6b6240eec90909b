package io.lyascope.server.pipeline;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A recurrent network of three units that is measured in milliseconds, and its probe. */
public final class TinyNetwork {

  private static final int UNITS = 3;
  private static final int INPUTS = 2;
  private static final Architecture ARCHITECTURE =
      new Architecture("rnn", INPUTS, UNITS, 1, false, "", "tanh", Map.of());

  private TinyNetwork() {}

  /** The file of a snapshot of attempt 0. */
  public static byte[] snapshot(String run, long step, double gain) {
    return file("snapshot/1", run, step, gain);
  }

  static byte[] ofFormat(String format, String run, long step) {
    return file(format, run, step, 0.5);
  }

  /** The file of a snapshot of which one weight is NaN. */
  public static byte[] notFinite(String run, long step) {
    double[] weights = new double[UNITS * INPUTS];
    weights[3] = Double.NaN;
    return file(
        "snapshot/1",
        run,
        step,
        Tensor.of("weight_ih_l0", Dtype.F64, new int[] {UNITS, INPUTS}, weights),
        random("weight_hh_l0", 0.5, step, UNITS, UNITS));
  }

  private static byte[] file(String format, String run, long step, double gain) {
    return file(
        format,
        run,
        step,
        random("weight_ih_l0", gain, step, UNITS, INPUTS),
        random("weight_hh_l0", gain, step + 1, UNITS, UNITS));
  }

  private static byte[] file(String format, String run, long step, Tensor... weights) {
    Map<String, String> metadata =
        Map.of(
            "lyascope.format",
            format,
            "lyascope.run",
            run,
            "lyascope.attempt",
            "0",
            "lyascope.step",
            Long.toString(step),
            "lyascope.architecture",
            ARCHITECTURE.toJson(),
            "lyascope.scalars",
            "{\"train_loss\":1.5}");
    return TensorFile.of(metadata, List.of(weights)).write();
  }

  /** The file of a probe: two sequences of 40 steps. */
  public static byte[] probe() {
    Map<String, String> metadata =
        Map.of(
            "lyascope.format", "probe/1",
            "lyascope.source", "validation",
            "lyascope.protocol", "{\"burn_in\":5,\"steps\":30}");
    return TensorFile.of(metadata, List.of(random("inputs", 1, 7, 2, 40, INPUTS))).write();
  }

  private static Tensor random(String name, double gain, long seed, int... shape) {
    int count = 1;
    for (int extent : shape) {
      count *= extent;
    }
    double[] values = new Random(seed).doubles(count, -gain, gain).toArray();
    return Tensor.of(name, Dtype.F64, shape, values);
  }
}
