package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/** Snapshots of small random networks. */
final class Networks {

  private Networks() {}

  static Architecture architecture(String cell, int input, int hidden, int layers, boolean bias) {
    return new Architecture(cell, input, hidden, layers, bias, "", "tanh", Map.of());
  }

  static Snapshot snapshot(Architecture architecture, List<Tensor> tensors) {
    return new Snapshot(
        "run",
        0,
        0,
        OptionalDouble.empty(),
        architecture,
        Map.of(),
        TensorFile.of(Map.of(), tensors));
  }

  static Snapshot snapshot(Architecture architecture, Tensor... tensors) {
    return snapshot(architecture, List.of(tensors));
  }

  /** A network of PyTorch's tensor names whose weights have standard deviation gain / sqrt(H). */
  static Snapshot random(Architecture architecture, double gain, long seed) {
    Random random = new Random(seed);
    int hidden = architecture.hiddenSize();
    double scale = gain / Math.sqrt(hidden);
    int gates =
        switch (architecture.cell()) {
          case "lstm" -> 4;
          case "gru" -> 3;
          default -> 1;
        };
    List<Tensor> tensors = new ArrayList<>();
    for (int l = 0; l < architecture.layers(); l++) {
      int input = l == 0 ? architecture.inputSize() : hidden;
      tensors.add(gaussian("weight_ih_l" + l, random, scale, gates * hidden, input));
      tensors.add(gaussian("weight_hh_l" + l, random, scale, gates * hidden, hidden));
      if (architecture.bias()) {
        tensors.add(gaussian("bias_ih_l" + l, random, scale, gates * hidden));
        tensors.add(gaussian("bias_hh_l" + l, random, scale, gates * hidden));
      }
    }
    return snapshot(architecture, tensors);
  }

  static Tensor gaussian(String name, Random random, double scale, int... shape) {
    int count = 1;
    for (int extent : shape) {
      count *= extent;
    }
    double[] values = random.doubles(count).map(ignored -> scale * random.nextGaussian()).toArray();
    return Tensor.of(name, Dtype.F64, shape, values);
  }
}
