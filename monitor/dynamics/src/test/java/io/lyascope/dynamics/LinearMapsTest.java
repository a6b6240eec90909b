package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives that do not change from step to step and whose exponents can be read off. */
class LinearMapsTest {

  private static final int SIZE = 12;

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "'auto'"})
  void aDiagonalMapHasTheLogarithmsOfItsEntries(String every) {
    double[] entries = {1e-3, 0.9, 2, -1.5, 1e-2};
    double[][] jacobian = new double[5][5];
    for (int i = 0; i < 5; i++) {
      jacobian[i][i] = entries[i];
    }
    LyapunovSpectrum spectrum =
        Measurements.of(
            new TestMap(5, state -> state, state -> jacobian),
            "{'initial_basis':'identity','steps':50,'orthonormalize_every':" + every + "}",
            new double[5]);
    assertArrayEquals(
        new double[] {Math.log(2), Math.log(1.5), Math.log(0.9), Math.log(1e-2), Math.log(1e-3)},
        CellContract.array(spectrum.exponents()),
        1e-12);
  }

  /** After three steps the longest of the pushed vectors is 8 and the shortest 1/64. */
  @Test
  void theConditionNumberIsThatOfThePushedBasis() {
    double[][] jacobian = {{2, 0}, {0, 0.25}};
    TestMap map = new TestMap(2, state -> state, state -> jacobian);
    String protocol = "{'initial_basis':'identity','steps':60,'orthonormalize_every':3}";
    double condition = Measurements.of(map, protocol, 0, 0).log10Condition();
    assertEquals(Math.log10(8 * 64), condition, 1e-12);
    // With exponents per unit time it is that of the steps as well.
    TestMap slow = new TestMap(2, 0.1, state -> state, state -> jacobian);
    assertEquals(condition, Measurements.of(slow, protocol, 0, 0).log10Condition(), 1e-12);
  }

  @Test
  void whatTheAdaptiveIntervalPushesStaysBelowItsBound() {
    double[][] jacobian = {{2, 0}, {0, 0.25}};
    TestMap map = new TestMap(2, state -> state, state -> jacobian);
    LyapunovSpectrum spectrum = Measurements.of(map, "{'steps':200}", 0, 0);
    double bound = Math.min(1e8, 5e-8 / (2 * Math.ulp(1.0)));
    assertTrue(spectrum.log10Condition() > 3, "it does not orthonormalise at every step");
    assertTrue(spectrum.log10Condition() < Math.log10(bound), "and not too late");
  }

  @Test
  void anOrthogonalMapHasZeros() {
    double[][] orthogonal = rows(orthogonal());
    LyapunovSpectrum spectrum =
        Measurements.of(
            new TestMap(SIZE, state -> state, state -> orthogonal),
            "{'steps':200}",
            new double[SIZE]);
    assertArrayEquals(new double[SIZE], CellContract.array(spectrum.exponents()), 1e-14);
    assertEquals(SIZE, spectrum.nearZero());
    assertEquals(0, spectrum.pcaDimension());
  }

  /** phi' = 1: tanh at rest, and relu where the bias keeps every unit active. */
  @ParameterizedTest
  @ValueSource(strings = {"tanh", "relu"})
  void anOrthogonalRecurrentMatrixHasZerosWhereUnitsAreLinear(String phi) {
    double bias = phi.equals("relu") ? 1 : 0;
    LyapunovSpectrum spectrum =
        TangentFlow.begin(network(phi, bias), silence(), Probes.protocol("{'burn_in':0}")).finish();
    assertArrayEquals(new double[SIZE], CellContract.array(spectrum.exponents()), 1e-13);
    assertEquals(SIZE, spectrum.resolved());
  }

  private static Snapshot network(String phi, double bias) {
    double[] biases = new double[SIZE];
    Arrays.fill(biases, bias);
    double[] weights = bias > 0 ? permutation() : orthogonal().data;
    return Networks.snapshot(
        new Architecture("rnn", 1, SIZE, 1, true, "", phi, Map.of()),
        Tensor.of("weight_ih_l0", Dtype.F64, new int[] {SIZE, 1}, new double[SIZE]),
        Tensor.of("weight_hh_l0", Dtype.F64, new int[] {SIZE, SIZE}, weights),
        Tensor.of("bias_ih_l0", Dtype.F64, new int[] {SIZE}, biases),
        Tensor.of("bias_hh_l0", Dtype.F64, new int[] {SIZE}, new double[SIZE]));
  }

  /** Orthogonal, and no state becomes negative. */
  private static double[] permutation() {
    double[] weights = new double[SIZE * SIZE];
    for (int i = 0; i < SIZE; i++) {
      weights[i * SIZE + (i + 5) % SIZE] = 1;
    }
    return weights;
  }

  private static Probe silence() {
    return Probes.of(Tensor.of("inputs", Dtype.F64, new int[] {1, 60, 1}, new double[60]));
  }

  private static DMatrixRMaj orthogonal() {
    return RandomMatrices_DDRM.orthogonal(SIZE, SIZE, new Random(1));
  }

  private static double[][] rows(DMatrixRMaj matrix) {
    double[][] rows = new double[matrix.numRows][];
    Arrays.setAll(
        rows, i -> Arrays.copyOfRange(matrix.data, i * matrix.numCols, (i + 1) * matrix.numCols));
    return rows;
  }
}
