package io.lyascope.server.pipeline;

import io.lyascope.dynamics.FeedForward;
import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A feed-forward network of two inputs, four layers of six units and two classes. */
public final class TinyLayers {

  private static final int DEPTH = 4;
  private static final int UNITS = 6;
  private static final int INPUTS = 40;
  private static final Architecture ARCHITECTURE =
      new Architecture("feedforward", 2, 0, 1, false, "", "tanh", Map.of());

  private TinyLayers() {}

  /** The file of a snapshot of attempt 0. */
  public static byte[] snapshot(String run, long step, double gain) {
    return snapshot(run, step, gain, step);
  }

  /** The same with the weights of any step. */
  public static byte[] snapshot(String run, long step, double gain, long weightsOf) {
    Map<String, String> metadata =
        Map.of(
            "lyascope.format",
            "snapshot/1",
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
    List<Tensor> layers = new ArrayList<>();
    for (int l = 0; l <= DEPTH; l++) {
      int rows = l == DEPTH ? 2 : UNITS;
      int columns = l == 0 ? 2 : UNITS;
      layers.add(random("layers." + l + ".weight", gain, weightsOf + l, rows, columns));
    }
    return TensorFile.of(metadata, layers).write();
  }

  /** The file of a probe of forty points. */
  public static byte[] probe() {
    Map<String, String> metadata =
        Map.of("lyascope.format", "probe/1", "lyascope.source", "validation");
    return TensorFile.of(metadata, List.of(random("inputs", 1, 7, INPUTS, 2))).write();
  }

  /** What the engine says of a snapshot, without the pipeline. */
  public static FiniteTimeExponents exponents(String run, long step, double gain) {
    Snapshot snapshot = Snapshot.read(snapshot(run, step, gain), Limits.DEFAULT);
    Probe probe = Probe.read(probe(), Limits.DEFAULT);
    return FeedForward.measure(snapshot, probe, Protocol.DEFAULT);
  }

  private static Tensor random(String name, double gain, long seed, int rows, int columns) {
    double[] values = new Random(seed).doubles((long) rows * columns, -gain, gain).toArray();
    return Tensor.of(name, Dtype.F64, new int[] {rows, columns}, values);
  }
}
