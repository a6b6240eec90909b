package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every cell that is no PyTorch module: the contract, and its equations once more by hand. */
class OtherCellsTest extends CellContract {

  private static final Map<String, Object> DT = Map.of("dt", 0.2);

  @Override
  List<Snapshot> networks() {
    return List.of(
        OtherCells.asrnn(5),
        OtherCells.lipschitz(5, "row"),
        OtherCells.lipschitz(4, "column"),
        OtherCells.noisy(4),
        OtherCells.cornn(4),
        OtherCells.publishedCornn(3),
        OtherCells.lem(4),
        OtherCells.rate(5, "tanh", 2, DT),
        OtherCells.rate(4, "relu", 0.8, DT),
        OtherCells.rate(4, "hardtanh", 2, Map.of("dt", 0.5, "sigma", 0.3)),
        OtherCells.autonomousRate(5));
  }

  @Override
  boolean isOptional(Snapshot network, String tensor) {
    String cell = network.architecture().cell();
    boolean oneOfTwoLayouts = cell.equals("cornn") && tensor.equals("cell.i2h.weight");
    return oneOfTwoLayouts || (cell.equals("rate") && tensor.equals("bias"));
  }

  /** With noise of the probe's, because what is drawn differs from sequence to sequence. */
  @Override
  Probe probe(Snapshot network, int sequences, int steps) {
    int hidden = network.architecture().hiddenSize();
    Random random = new Random(8);
    if (network.architecture().inputSize() == 0) {
      return Probes.of(Networks.gaussian("h0", random, 1, sequences, hidden));
    }
    return Probes.of(
        Probes.inputs(sequences, steps, OtherCells.INPUT, 3),
        Networks.gaussian("noise", random, 1, sequences, steps, hidden),
        Networks.gaussian("noise_mult", random, 1, sequences, steps, hidden),
        Networks.gaussian("noise_add", random, 1, sequences, steps, hidden));
  }

  @Test
  void anAntisymmetricStepIsAsWritten() {
    Snapshot network = OtherCells.asrnn(2);
    double[] u = weights(network, "weight_hh");
    double[] w = weights(network, "weight_ih");
    double[] b = weights(network, "bias");
    double[] h = {0.3, -0.2};
    double[] x = {0.5, 1};
    double s = u[1] - u[2];
    assertArrayEquals(
        new double[] {
          h[0] + 0.3 * Math.tanh(-0.1 * h[0] + s * h[1] + w[0] * x[0] + w[1] * x[1] + b[0]),
          h[1] + 0.3 * Math.tanh(-s * h[0] - 0.1 * h[1] + w[2] * x[0] + w[3] * x[1] + b[1])
        },
        advanced(network, x, h),
        1e-15);
  }

  /** One unit: A = 2 (1 - beta) B - gamma_a and W likewise of C. */
  @Test
  void aLipschitzStepIsAsWritten() {
    Snapshot network = OtherCells.lipschitz(1, "row");
    double a = 0.6 * weights(network, "B")[0] - 0.1;
    double w = 0.6 * weights(network, "C")[0] - 0.2;
    double[] e = weights(network, "E.weight");
    double h = 0.4;
    double inner = w * h + e[0] * 0.5 + e[1] + weights(network, "E.bias")[0];
    assertEquals(
        h + 0.1 * (0.9 * a * h + Math.tanh(inner)),
        advanced(network, new double[] {0.5, 1}, h)[0],
        1e-15);
  }

  @Test
  void theOrderOfALipschitzNetworkTransposesItsMatrices() {
    Snapshot row = OtherCells.lipschitz(3, "row");
    Snapshot column = OtherCells.lipschitz(3, "column");
    List<Tensor> transposed =
        row.file().tensors().values().stream()
            .map(tensor -> tensor.name().length() == 1 ? transposed(tensor) : tensor)
            .toList();
    double[] x = {0.5, 1};
    double[] h = {0.1, 0.2, 0.3};
    assertArrayEquals(
        advanced(row, x, h),
        advanced(Networks.snapshot(column.architecture(), transposed), x, h),
        1e-15);
    assertNotEquals(advanced(row, x, h)[0], advanced(column, x, h)[0], 1e-6);
  }

  @Test
  void recordedNoiseDrivesANoisyNetwork() {
    Snapshot network = OtherCells.noisy(3);
    Tensor inputs = Probes.inputs(2, 40, 2, 1);
    LyapunovSpectrum silent = measure(network, Probes.of(inputs));
    Tensor ones = constant("noise_mult", 1, 2, 40, 3);
    Tensor zeros = constant("noise_add", 0, 2, 40, 3);
    assertEquals(silent, measure(network, Probes.of(inputs, ones, zeros)));
    Tensor loud = Networks.gaussian("noise_add", new Random(7), 1, 2, 40, 3);
    assertNotEquals(silent.max(), measure(network, Probes.of(inputs, loud)).max(), 1e-6);
    Tensor wrong = constant("noise_mult", 1, 2, 39, 3);
    RefusedException refused =
        assertThrows(RefusedException.class, () -> measure(network, Probes.of(inputs, wrong)));
    assertEquals("noise_mult", refused.field());
  }

  /** One unit, with noise: h + d eta (alpha A h + tanh(W h + E x + b)) + xi. */
  @Test
  void aNoisyStepIsAsWritten() {
    Snapshot network = OtherCells.noisy(1);
    double a = 0.8 * weights(network, "B")[0] - 0.1;
    double w = 0.8 * weights(network, "C")[0] - 0.2;
    double[] e = weights(network, "E.weight");
    double h = 0.4;
    double inner = w * h + e[0] * 0.5 + e[1] + weights(network, "E.bias")[0];
    double step = weights(network, "d")[0] * 1.3;
    Probe probe =
        Probes.of(
            Tensor.of("inputs", Dtype.F64, new int[] {1, 1, 2}, 0.5, 1),
            constant("noise_mult", 1.3, 1, 1, 1),
            constant("noise_add", 0.07, 1, 1, 1));
    assertEquals(h + step * (a * h + Math.tanh(inner)) + 0.07, driven(network, probe, h)[0], 1e-15);
  }

  /** The state is outside of phi in the leak and inside in what others hear of it. */
  @Test
  void aRateStepIsAsWritten() {
    Snapshot network = OtherCells.rate(2, "tanh", 2, Map.of("dt", 0.2, "sigma", 0.5));
    double[] j = weights(network, "weight_hh");
    double[] w = weights(network, "weight_ih");
    double[] b = weights(network, "bias");
    double[] h = {0.3, -0.7};
    Probe probe =
        Probes.of(
            Tensor.of("inputs", Dtype.F64, new int[] {1, 1, 2}, 0.5, 1),
            Tensor.of("noise", Dtype.F64, new int[] {1, 1, 2}, 0.9, -1.1));
    double[] heard = {Math.tanh(h[0]), Math.tanh(h[1])};
    double[] drive = {
      j[0] * heard[0] + j[1] * heard[1] + w[0] * 0.5 + w[1] + b[0],
      j[2] * heard[0] + j[3] * heard[1] + w[2] * 0.5 + w[3] + b[1]
    };
    assertArrayEquals(
        new double[] {
          0.8 * h[0] + 0.2 * drive[0] + Math.sqrt(0.2) * 0.5 * 0.9,
          0.8 * h[1] + 0.2 * drive[1] - Math.sqrt(0.2) * 0.5 * 1.1
        },
        driven(network, probe, h),
        1e-15);
  }

  @Test
  void anOscillatorStepsItsVelocityFirst() {
    Snapshot network = OtherCells.cornn(1);
    double[] v = weights(network, "V.weight");
    double y = 0.4;
    double z = -0.3;
    double a =
        weights(network, "wy.weight")[0] * y
            + weights(network, "wz.weight")[0] * z
            + v[0] * 0.5
            + v[1]
            + weights(network, "V.bias")[0];
    double nextZ = z + 0.2 * (Math.tanh(a) - 1.5 * y - 2 * z);
    assertArrayEquals(
        new double[] {y + 0.2 * nextZ, nextZ},
        advanced(network, new double[] {0.5, 1}, y, z),
        1e-15);
  }

  @Test
  void bothLayoutsOfAnOscillatorNetworkAreOne() {
    double[] x = {0.5, 1};
    double[] state = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
    assertArrayEquals(
        advanced(OtherCells.cornn(3), x, state),
        advanced(OtherCells.publishedCornn(3), x, state),
        1e-15);
  }

  @Test
  void theNamesOfALemNetworkCross() {
    Snapshot network = OtherCells.lem(1);
    double[] v = weights(network, "cell.inp2hid.weight");
    double[] bias = weights(network, "cell.inp2hid.bias");
    double[] w = weights(network, "cell.hid2hid.weight");
    double[] b = weights(network, "cell.hid2hid.bias");
    double y = 0.4;
    double z = -0.3;
    double[] input = new double[4];
    Arrays.setAll(input, i -> v[2 * i] * 0.5 + v[2 * i + 1] + bias[i]);
    double t1 = 0.8 / (1 + Math.exp(-(w[0] * y + b[0] + input[0])));
    double t2 = 0.8 / (1 + Math.exp(-(w[1] * y + b[1] + input[1])));
    double nextZ = (1 - t2) * z + t2 * Math.tanh(w[2] * y + b[2] + input[3]);
    double onward =
        weights(network, "cell.transform_z.weight")[0] * nextZ
            + weights(network, "cell.transform_z.bias")[0];
    double nextY = (1 - t1) * y + t1 * Math.tanh(onward + input[2]);
    assertArrayEquals(
        new double[] {nextY, nextZ}, advanced(network, new double[] {0.5, 1}, y, z), 1e-15);
  }

  @Test
  void aRateNetworkReportsPerUnitTime() {
    Architecture architecture = OtherCells.architecture("rate", 2, "tanh", Map.of("dt", 0.1));
    Snapshot network =
        Networks.snapshot(
            architecture,
            constant("weight_hh", 0, 2, 2),
            constant("weight_ih", 0, 2, OtherCells.INPUT));
    LyapunovSpectrum spectrum = measure(network, Probes.random(1, 60, 2, 1));
    assertEquals(Math.log(0.9) / 0.1, spectrum.max(), 1e-12);
    assertEquals(0, spectrum.pcaDimensionActivity().orElseThrow());
  }

  @Test
  void anAutonomousRateNetworkIsNeverTooShort() {
    Architecture architecture =
        new Architecture("rate", 0, 20, 1, true, "", "tanh", Map.of("dt", 0.1));
    Snapshot network =
        Networks.snapshot(
            architecture, Networks.gaussian("weight_hh", new Random(1), 3 / Math.sqrt(20), 20, 20));
    Tensor h0 = Networks.gaussian("h0", new Random(2), 1, 3, 20);
    LyapunovSpectrum spectrum =
        TangentFlow.begin(network, Probes.of(h0), Probes.protocol("{'burn_in':500,'steps':3000}"))
            .finish();
    assertEquals(3000, spectrum.protocol().steps());
    assertEquals(3, spectrum.standardError().map(errors -> 3).orElseThrow());
    assertTrue(spectrum.pcaDimensionActivity().orElseThrow() >= 1);
    RefusedException refused =
        assertThrows(RefusedException.class, () -> measure(network, Probes.of()));
    assertEquals("h0", refused.field());
  }

  @Test
  void aRankOneTermIsAddedToTheWeights() {
    Random random = new Random(1);
    Tensor j = Networks.gaussian("weight_hh", random, 1, 3, 3);
    Tensor u = Networks.gaussian("u", random, 1, 3);
    Tensor w = Networks.gaussian("w", random, 1, 3, 1);
    double[] sum = j.toDoubles();
    for (int i = 0; i < 9; i++) {
      sum[i] += u.toDoubles()[i / 3] * w.toDoubles()[i % 3];
    }
    Architecture architecture = new Architecture("rate", 0, 3, 1, true, "", "tanh", DT);
    Probe probe = Probes.of(Networks.gaussian("h0", random, 1, 2, 3));
    assertEquals(
        measure(
            Networks.snapshot(
                architecture, Tensor.of("weight_hh", Dtype.F64, new int[] {3, 3}, sum)),
            probe),
        measure(Networks.snapshot(architecture, j, u, w), probe));
  }

  @Test
  void whiteNoiseIsTheProbesOrDrawnFromTheSeed() {
    Snapshot network = OtherCells.rate(4, "tanh", 2, Map.of("dt", 0.2, "sigma", 0.5));
    Tensor inputs = Probes.inputs(2, 60, 2, 1);
    LyapunovSpectrum drawn = measure(network, Probes.of(inputs));
    assertEquals(drawn, measure(network, Probes.of(inputs)));
    Tensor noise = Networks.gaussian("noise", new Random(9), 1, 2, 60, 4);
    assertNotEquals(drawn.max(), measure(network, Probes.of(inputs, noise)).max(), 1e-9);
    Snapshot calm = OtherCells.rate(4, "tanh", 2, DT);
    Tensor silence = constant("noise", 0, 2, 60, 4);
    assertEquals(measure(calm, Probes.of(inputs)), measure(network, Probes.of(inputs, silence)));
  }

  @Test
  void aMissingConstantIsNamed() {
    Snapshot network = OtherCells.asrnn(3);
    Architecture without = OtherCells.architecture("asrnn", 3, "tanh", Map.of("eps", 0.3));
    Snapshot broken = Networks.snapshot(without, List.copyOf(network.file().tensors().values()));
    RefusedException refused =
        assertThrows(RefusedException.class, () -> measure(broken, Probes.random(1, 40, 2, 1)));
    assertEquals(RefusedException.Kind.UNSUPPORTED, refused.kind());
    assertEquals("lyascope.architecture.hyper.gamma", refused.field());
  }

  private static LyapunovSpectrum measure(Snapshot network, Probe probe) {
    return TangentFlow.begin(network, probe, Probes.protocol("{'burn_in':5}")).finish();
  }

  private static double[] advanced(Snapshot network, double[] input, double... state) {
    double[] moved = state.clone();
    new CellMap(Cells.of(network), Protocol.State.FULL).propagator().advance(input, 0, moved);
    return moved;
  }

  /** After a step with everything that the probe brings. */
  private static double[] driven(Snapshot network, Probe probe, double... state) {
    double[] moved = state.clone();
    CellMap map = new CellMap(Cells.of(network), Protocol.State.FULL);
    Drive drive = Drive.of(probe, map, Probes.protocol("{'burn_in':0,'steps':1}"));
    map.propagator().advance(drive.rows(), drive.at(0, 0), moved);
    return moved;
  }

  private static double[] weights(Snapshot network, String name) {
    return network.file().tensors().get(name).toDoubles();
  }

  private static Tensor constant(String name, double value, int... shape) {
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, value);
    return Tensor.of(name, Dtype.F64, shape, values);
  }

  private static Tensor transposed(Tensor tensor) {
    int size = tensor.shape()[0];
    double[] from = tensor.toDoubles();
    double[] to = new double[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[i % size * size + i / size];
    }
    return Tensor.of(tensor.name(), tensor.dtype(), tensor.shape(), to);
  }
}
