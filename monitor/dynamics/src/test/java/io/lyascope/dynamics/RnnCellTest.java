package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RnnCellTest extends CellContract {

  @Override
  List<Snapshot> networks() {
    return List.of(
        Networks.random(Networks.architecture("rnn", 2, 6, 1, true), 1.5, 1),
        Networks.random(Networks.architecture("rnn", 3, 5, 2, false), 1.5, 2),
        Networks.random(Networks.architecture("rnn", 1, 3, 3, true), 1.2, 3),
        active(new Architecture("rnn", 2, 4, 2, true, "", "relu", Map.of())));
  }

  /**
   * Biases that keep every unit active: a derivative without rank has no determinant to compare.
   */
  private static Snapshot active(Architecture architecture) {
    Snapshot network = Networks.random(architecture, 0.1, 4);
    List<Tensor> tensors =
        network.file().tensors().values().stream()
            .map(tensor -> tensor.name().startsWith("bias_ih") ? raised(tensor) : tensor)
            .toList();
    return Networks.snapshot(architecture, tensors);
  }

  private static Tensor raised(Tensor bias) {
    double[] values = Arrays.stream(bias.toDoubles()).map(value -> value + 6).toArray();
    return Tensor.of(bias.name(), bias.dtype(), bias.shape(), values);
  }

  @Test
  void anInactiveUnitPassesNothingOn() {
    Architecture architecture = new Architecture("rnn", 1, 2, 1, false, "", "relu", Map.of());
    Snapshot network =
        Networks.snapshot(
            architecture,
            Tensor.of("weight_ih_l0", Dtype.F64, new int[] {2, 1}, 1, -1),
            Tensor.of("weight_hh_l0", Dtype.F64, new int[] {2, 2}, 2, 3, 4, 5));
    double[] basis = {1, 0, 0, 1};
    new CellMap(Cells.of(network), Protocol.State.FULL)
        .propagator()
        .push(new double[] {1}, 0, new double[2], basis);
    assertArrayEquals(new double[] {2, 0, 3, 0}, basis);
  }
}
