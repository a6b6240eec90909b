package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every cell must do; a subclass names the networks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CellContract {

  private static final String SHORT = "{'burn_in':5,'steps':30,'orthonormalize_every':1";

  abstract List<Snapshot> networks();

  /** A probe that suits the network, with one row a step in every tensor. */
  Probe probe(Snapshot network, int sequences, int steps) {
    return Probes.random(sequences, steps, network.architecture().inputSize(), 3);
  }

  /** Whether the network is another one without this tensor, instead of none. */
  boolean isOptional(Snapshot network, String tensor) {
    return false;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void pushesTangentsAsCentralDifferencesDo(Snapshot network) {
    CellMap map = new CellMap(Cells.of(network), Protocol.State.FULL);
    double[][] jacobian = pushedUnitVectors(map, start(map), input(network, map));
    assertEqualAmongMany(jacobian, map, network);
    for (int j = 0; j < map.stateSize(); j++) {
      double[] difference = centralDifference(map, start(map), input(network, map), j);
      for (int i = 0; i < map.stateSize(); i++) {
        assertEquals(difference[i], jacobian[i][j], 2e-9, network.architecture() + " " + i + j);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void differentiatesHiddenStateWithTheRestHeldConstant(Snapshot network) {
    CellMap map = new CellMap(Cells.of(network), Protocol.State.HIDDEN);
    double[][] jacobian = pushedUnitVectors(map, start(map), input(network, map));
    assertEqualAmongMany(jacobian, map, network);
    for (int j = 0; j < map.tangentSize(); j++) {
      double[] difference = centralDifference(map, start(map), input(network, map), j);
      for (int i = 0; i < map.tangentSize(); i++) {
        assertEquals(difference[i], jacobian[i][j], 2e-9, network.architecture() + " " + i + j);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void measuresABatchAsItsSequencesOneByOne(Snapshot network) {
    Probe probe = probe(network, 3, 35);
    Protocol protocol = Probes.protocol(SHORT + "}");
    LyapunovSpectrum batch = TangentFlow.begin(network, probe, protocol).finish();
    double[] sums = new double[batch.exponents().size()];
    for (int b = 0; b < 3; b++) {
      double[] rates = meanRates(network, Probes.sequence(probe, b), protocol);
      Arrays.setAll(sums, i -> sums[i] + rates[i] / 3);
    }
    double[] expected = Arrays.stream(sums).map(x -> -x).sorted().map(x -> -x).toArray();
    assertArrayEquals(expected, array(batch.exponents()), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void sumsToTheMeanLogarithmOfTheDeterminant(Snapshot network) {
    for (Protocol.State state : Protocol.State.values()) {
      CellMap map = new CellMap(Cells.of(network), state);
      Probe probe = probe(network, 1, 35);
      String label = state.name().toLowerCase(Locale.ROOT);
      Protocol protocol = Probes.protocol(SHORT + ",'state':'" + label + "'}");
      LyapunovSpectrum spectrum = TangentFlow.begin(network, probe, protocol).finish();
      double sum = spectrum.exponents().stream().mapToDouble(x -> x).sum();
      double expected = meanLogDeterminant(map, Drive.of(probe, map, protocol));
      assertEquals(expected, sum * map.timeStep(), 1e-9 * map.tangentSize());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void measuresTheFirstFewAsTheFirstOfAll(Snapshot network) {
    Probe probe = probe(network, 2, 35);
    double[] all = meanRates(network, probe, Probes.protocol(SHORT + "}"));
    double[] few = meanRates(network, probe, Probes.protocol(SHORT + ",'exponents':3}"));
    assertArrayEquals(Arrays.copyOf(all, 3), few, 1e-10);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void measuresTheSameOnAnyNumberOfThreads(Snapshot network) {
    Probe probe = probe(network, 5, 40);
    Protocol protocol = Probes.protocol("{'burn_in':5,'steps':35}");
    assertEquals(
        TangentFlow.begin(network, probe, protocol).finish(),
        TangentFlow.begin(network, probe, protocol).finish(3));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void goesOnFromItsWrittenStateBitForBit(Snapshot network) {
    Probe probe = probe(network, 2, 30);
    Protocol protocol = Probes.protocol("{'warmup':2,'burn_in':3,'steps':25}");
    LyapunovSpectrum whole = TangentFlow.begin(network, probe, protocol).finish();
    TangentFlow flow = TangentFlow.begin(network, probe, protocol);
    while (!flow.advance(7)) {
      assertEquals(whole, TangentFlow.resume(flow.save(), network, probe, protocol).finish());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void refusesEveryTensorThatIsMissingMisshapenOrNotFiniteByItsName(Snapshot network) {
    for (Tensor tensor : network.file().tensors().values()) {
      if (!isOptional(network, tensor.name())) {
        refuses(Kind.MISSING_TENSOR, network, tensor, List.of());
      }
      refuses(Kind.SHAPE, network, tensor, List.of(longer(tensor)));
      for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
        refuses(Kind.NONFINITE_WEIGHTS, network, tensor, List.of(ending(tensor, value)));
      }
    }
  }

  private void refuses(Kind kind, Snapshot network, Tensor tensor, List<Tensor> instead) {
    List<Tensor> tensors = new ArrayList<>(network.file().tensors().values());
    tensors.remove(tensor);
    tensors.addAll(instead);
    Snapshot broken = Networks.snapshot(network.architecture(), tensors);
    Probe probe = probe(network, 1, 35);
    Protocol protocol = Probes.protocol(SHORT + "}");
    RefusedException refused =
        assertThrows(RefusedException.class, () -> TangentFlow.begin(broken, probe, protocol));
    assertEquals(kind, refused.kind(), refused.getMessage());
    assertEquals(tensor.name(), refused.field());
    assertTrue(refused.getMessage().contains(tensor.name()), refused.getMessage());
  }

  private static Tensor longer(Tensor tensor) {
    int[] shape = tensor.shape();
    double[] values = tensor.toDoubles();
    int row = values.length / shape[0];
    shape[0]++;
    return Tensor.of(
        tensor.name(), tensor.dtype(), shape, Arrays.copyOf(values, values.length + row));
  }

  private static Tensor ending(Tensor tensor, double value) {
    double[] values = tensor.toDoubles();
    values[values.length - 1] = value;
    return Tensor.of(tensor.name(), tensor.dtype(), tensor.shape(), values);
  }

  /** Growth rates in column order, averaged over steps and sequences. */
  static double[] meanRates(Snapshot network, Probe probe, Protocol protocol) {
    List<double[]> told = new ArrayList<>();
    TangentFlow.begin(network, probe, protocol, (sequence, step, rates) -> told.add(rates.clone()))
        .finish();
    return IntStream.range(0, told.getFirst().length)
        .mapToDouble(i -> told.stream().mapToDouble(rates -> rates[i]).average().orElseThrow())
        .toArray();
  }

  static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double[] input(Snapshot network, TangentMap map) {
    return Drive.of(probe(network, 1, 1), map, Probes.protocol("{'burn_in':0}")).rows();
  }

  private static double[] start(TangentMap map) {
    Random random = new Random(11);
    return IntStream.range(0, map.stateSize())
        .mapToDouble(i -> 0.5 * random.nextGaussian())
        .toArray();
  }

  /** Few vectors are pushed in another way than many. */
  private void assertEqualAmongMany(double[][] jacobian, CellMap map, Snapshot network) {
    int n = map.tangentSize();
    int count = n * Math.ceilDiv(Product.SUMMED_FROM, n);
    double[][] many = pushedUnitVectors(map, start(map), input(network, map), count);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < count; j++) {
        assertEquals(jacobian[i][j % n], many[i][j], 1e-14, network.architecture() + " " + i + j);
      }
    }
  }

  private static double[][] pushedUnitVectors(TangentMap map, double[] state, double[] input) {
    return pushedUnitVectors(map, state, input, map.tangentSize());
  }

  /** The unit vectors, from the first again after the last. */
  private static double[][] pushedUnitVectors(
      TangentMap map, double[] state, double[] input, int count) {
    int n = map.tangentSize();
    double[] basis = new double[n * count];
    for (int j = 0; j < count; j++) {
      basis[j * n + j % n] = 1;
    }
    map.propagator().push(input, 0, state, basis);
    double[][] jacobian = new double[n][count];
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < n; i++) {
        jacobian[i][j] = basis[j * n + i];
      }
    }
    return jacobian;
  }

  private static double[] centralDifference(TangentMap map, double[] state, double[] input, int j) {
    double step = 1e-5;
    TangentMap.Propagator propagator = map.propagator();
    double[] above = state.clone();
    double[] below = state.clone();
    above[j] += step;
    below[j] -= step;
    propagator.advance(input, 0, above);
    propagator.advance(input, 0, below);
    return IntStream.range(0, state.length)
        .mapToDouble(i -> (above[i] - below[i]) / (2 * step))
        .toArray();
  }

  private static double meanLogDeterminant(TangentMap map, Drive drive) {
    double[] state = drive.state(0, map.stateSize());
    double sum = 0;
    for (int t = 0; t < drive.length(); t++) {
      double[] input = Arrays.copyOfRange(drive.rows(), drive.at(0, t), drive.at(0, t + 1));
      double[][] jacobian = pushedUnitVectors(map, state, input);
      if (t >= drive.protocol().burnIn()) {
        sum += Math.log(Math.abs(CommonOps_DDRM.det(new DMatrixRMaj(jacobian))));
      }
    }
    return sum / drive.protocol().steps();
  }
}
