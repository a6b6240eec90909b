package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks large enough for the last of their directions to be pulled. */
class PulledBasisTest {

  private static final int UNITS = 48;
  private static final Snapshot NETWORK = network("lstm");
  private static final Probe PROBE = Probes.random(3, 40, 3, 2);
  private static final Protocol AUTO = Probes.protocol("{'warmup':1,'burn_in':4,'steps':35}");
  private static final Protocol EVERY_STEP =
      Probes.protocol("{'warmup':1,'burn_in':4,'steps':35,'orthonormalize_every':1}");

  /** If w' = J^-T w and v' = J v then w' v' = w v, whatever they are. */
  @ParameterizedTest
  @ValueSource(strings = {"lstm", "rnn"})
  void pullsByTheInverseTransposeOfTheDerivative(String cell) {
    TangentMap map =
        new CellMap(Cells.of(network(cell)), Protocol.State.FULL).invertible().orElseThrow();
    Random random = new Random(3);
    double[] state = random.doubles(map.stateSize(), -1, 1).toArray();
    double[] pushed = random.doubles(20L * map.tangentSize(), -1, 1).toArray();
    double[] pulled = random.doubles(20L * map.tangentSize(), -1, 1).toArray();
    double[] before = products(pushed, pulled, map.tangentSize());
    TangentMap.Propagator propagator = map.propagator();
    propagator.push(new double[] {1, -1, 0.5}, 0, state, pushed);
    propagator.pull(pulled);
    assertArrayEquals(before, products(pushed, pulled, map.tangentSize()), 1e-9);
  }

  private static double[] products(double[] a, double[] b, int size) {
    double[] products = new double[a.length / size];
    for (int i = 0; i < a.length; i++) {
      products[i / size] += a[i] * b[i];
    }
    return products;
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "rnn"})
  void measuresWhatPushingAllDirectionsMeasures(String cell) {
    TangentFlow flow = TangentFlow.begin(network(cell), PROBE, AUTO);
    LyapunovSpectrum spectrum = flow.finish();
    assertTrue(isSplit(flow));
    assertEquals(spectrum.exponents().size(), spectrum.resolved());
    assertAgrees(network(cell), spectrum);
  }

  @Test
  void keepsThePartsOrthogonalToEachOther() {
    TangentFlow flow = TangentFlow.begin(NETWORK, PROBE, AUTO);
    flow.finish();
    Matrix basis =
        new Matrix(
            flow.trajectories().getFirst().settledBasis(), 0, 2 * UNITS, 2 * UNITS, 2 * UNITS);
    Matrix gram = Matrix.zeros(2 * UNITS, 2 * UNITS);
    new Kernels().multiplyTransposed(basis, basis, gram);
    assertArrayEquals(Matrix.identity(2 * UNITS).values(), gram.values(), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "rnn"})
  void measuresTheSameOnAnyNumberOfThreadsAndCutAnywhere(String cell) {
    Snapshot network = network(cell);
    LyapunovSpectrum whole = TangentFlow.begin(network, PROBE, AUTO).finish();
    assertEquals(whole, TangentFlow.begin(network, PROBE, AUTO).finish(3));
    TangentFlow flow = TangentFlow.begin(network, PROBE, AUTO);
    while (!flow.advance(7)) {
      flow = TangentFlow.resume(flow.save(), network, PROBE, AUTO);
    }
    assertEquals(whole, flow.spectrum());
  }

  /** Their output no longer depends on a unit's input, so that nothing can be undone. */
  @Test
  void pushesAllDirectionsOnceAGateIsShut() {
    Snapshot shut =
        with(
            NETWORK,
            "bias_hh_l0",
            bias -> {
              bias[3 * UNITS + 5] = -800;
              return bias;
            });
    assertIsPushed(shut);
  }

  @Test
  void pushesAllDirectionsWhereWeightsAreSingular() {
    Snapshot singular =
        with(
            NETWORK,
            "weight_hh_l0",
            weights -> {
              System.arraycopy(weights, 3 * UNITS * UNITS, weights, (3 * UNITS + 1) * UNITS, UNITS);
              return weights;
            });
    assertIsPushed(singular);
  }

  /** The directions of shut gates are all alike, so that nothing is lost among those pulled. */
  @Test
  void countsAsDeadWhatIsLostWhereAllAreDecomposedTogether() {
    Snapshot shut =
        with(
            NETWORK,
            "bias_hh_l0",
            bias -> {
              Arrays.fill(bias, 3 * UNITS, 3 * UNITS + UNITS / 2, -30);
              return bias;
            });
    TangentFlow flow = TangentFlow.begin(shut, PROBE, AUTO);
    LyapunovSpectrum spectrum = flow.finish();
    assertTrue(isSplit(flow));
    assertEquals(3 * UNITS / 2, spectrum.resolved());
    assertAgrees(shut, spectrum);
  }

  /** A unit that drives itself so hard that its slope is zero to a double. */
  @Test
  void pushesAllDirectionsOnceAUnitOfAnRnnSaturates() {
    Snapshot network = network("rnn");
    assertIsPushed(
        with(
            network,
            "bias_hh_l0",
            bias -> {
              bias[5] = 400;
              return bias;
            }));
  }

  @Test
  void doesNotPullThroughAFlatActivation() {
    Snapshot plain = network("rnn");
    Cell relu = new RnnCell(((RnnCell) Cells.of(plain)).weights(), Activation.RELU);
    assertTrue(relu.invertible().isEmpty());
  }

  private static Snapshot network(String cell) {
    return Networks.random(Networks.architecture(cell, 3, UNITS, 1, true), 1, 1);
  }

  private static void assertIsPushed(Snapshot network) {
    TangentFlow flow = TangentFlow.begin(network, PROBE, AUTO);
    LyapunovSpectrum spectrum = flow.finish();
    assertFalse(isSplit(flow));
    assertTrue(spectrum.resolved() < spectrum.exponents().size());
    assertAgrees(network, spectrum);
  }

  /** Where the cell is joined in the middle, a state that was written before has both parts. */
  @Test
  void refusesASplitStateWhereNothingIsSplit() {
    TangentFlow flow = TangentFlow.begin(NETWORK, PROBE, AUTO);
    flow.advance(20);
    byte[] state = flow.save();
    assertThrows(
        RefusedException.class, () -> TangentFlow.resume(state, NETWORK, PROBE, EVERY_STEP));
  }

  private static void assertAgrees(Snapshot network, LyapunovSpectrum spectrum) {
    LyapunovSpectrum expected = TangentFlow.begin(network, PROBE, EVERY_STEP).finish();
    assertEquals(expected.resolved(), spectrum.resolved());
    int resolved = expected.resolved();
    assertArrayEquals(
        CellContract.array(expected.exponents().subList(0, resolved)),
        CellContract.array(spectrum.exponents().subList(0, resolved)),
        1e-8);
  }

  private static boolean isSplit(TangentFlow flow) {
    return flow.trajectories().stream().allMatch(Trajectory::isSplit);
  }

  private static Snapshot with(Snapshot network, String changed, UnaryOperator<double[]> change) {
    List<Tensor> tensors =
        network.file().tensors().values().stream()
            .map(tensor ->
                tensor.name().equals(changed)
                    ? Tensor.of(
                        changed, tensor.dtype(), tensor.shape(), change.apply(tensor.toDoubles()))
                    : tensor)
            .toList();
    return Networks.snapshot(network.architecture(), tensors);
  }
}
