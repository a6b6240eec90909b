package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directions and singular spectra, against EJML's decomposition of the Jacobian itself. */
class StretchingTest {

  private static final int INPUTS = 7;

  @ParameterizedTest
  @CsvSource({
    "tanh,false,2 9 9 9 3", "tanh,true,2 6 6 6 3", "relu,false,12 7 7 4 3", "relu,true,12 6 6 6 3",
    "tanh,false,1 5 1 5 2", "tanh,false,300 8 8 2", "relu,false,6 1 6 2", "tanh,true,6 6 6 6 1"
  })
  void agreesWithTheDecompositionOfTheJacobian(String phi, boolean residual, String widths) {
    int[] sizes = Arrays.stream(widths.split(" ")).mapToInt(Integer::parseInt).toArray();
    Snapshot network = Layers.random(phi, residual, 1.5, 3, sizes);
    Tensor inputs = Networks.gaussian("inputs", new Random(5), 1, INPUTS, sizes[0]);
    FiniteTimeExponents measured = measure(network, inputs);
    int depth = sizes.length - 2;
    int most = Arrays.stream(sizes).limit(depth + 1L).min().orElseThrow();
    for (int b = 0; b < INPUTS; b++) {
      double[] x = Arrays.copyOfRange(inputs.toDoubles(), b * sizes[0], (b + 1) * sizes[0]);
      DMatrixRMaj jacobian = Layers.jacobian(network, x);
      var svd = Layers.svd(jacobian);
      double[] values = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
      Arrays.sort(values);
      List<Double> spectrum = measured.singularSpectra().orElseThrow().get(b);
      assertEquals(most, spectrum.size());
      double largest = values[values.length - 1];
      for (int i = 0; i < most; i++) {
        double sigma = values[values.length - 1 - i];
        // Below this EJML's values are noise.
        if (sigma > 1e-10 * largest) {
          assertEquals(Math.log(sigma) / depth, spectrum.get(i), 1e-5, widths + " " + i);
        } else {
          assertTrue(Math.exp(depth * spectrum.get(i)) <= 1e-9 * largest, widths + " " + i);
        }
      }
      assertEquals(spectrum.getFirst(), measured.perInput().get(b), 1e-9);
      assertStretched(jacobian, measured.directions().orElseThrow().get(b), largest);
    }
  }

  /** A unit vector that the Jacobian makes as long as any. */
  private static void assertStretched(DMatrixRMaj jacobian, List<Double> direction, double most) {
    double[] v = direction.stream().mapToDouble(Double::doubleValue).toArray();
    if (most == 0) {
      assertEquals(Collections.nCopies(v.length, 0.0), direction);
      return;
    }
    DMatrixRMaj image = new DMatrixRMaj(jacobian.numRows, 1);
    CommonOps_DDRM.mult(jacobian, new DMatrixRMaj(v.length, 1, true, v), image);
    assertEquals(1, norm(v), 1e-12);
    assertEquals(1, norm(image.data) / most, 1e-9);
    assertEquals(
        Collections.max(direction), Arrays.stream(v).map(Math::abs).max().orElseThrow(), 0);
  }

  private static double norm(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }

  @Test
  void linearNetworkHasTheExponentsOfItsFactors() {
    // relu with positive weights and inputs is the identity on what it sees.
    DMatrixRMaj first = CommonOps_DDRM.diag(2, 0.5, 1e-9);
    DMatrixRMaj second = CommonOps_DDRM.diag(3, 1, 1e-9);
    FiniteTimeExponents measured =
        measure(Layers.of("relu", first, second, CommonOps_DDRM.identity(3)), inputs(3, 1, 1, 1));
    List<Double> spectrum = measured.singularSpectra().orElseThrow().getFirst();
    assertEquals(Math.log(6) / 2, spectrum.get(0), 1e-14);
    assertEquals(Math.log(0.5) / 2, spectrum.get(1), 1e-14);
    assertEquals(Math.log(1e-9), spectrum.get(2), 1e-13);
    assertEquals(List.of(1.0, 0.0, 0.0), measured.directions().orElseThrow().getFirst());
  }

  @Test
  void rotationsNeitherStretchNorShrink() {
    Random random = new Random(4);
    DMatrixRMaj[] weights = new DMatrixRMaj[6];
    for (int l = 0; l < weights.length; l++) {
      weights[l] = RandomMatrices_DDRM.orthogonal(5, 5, random);
    }
    // At the origin tanh has slope 1.
    FiniteTimeExponents measured = measure(Layers.of("tanh", weights), inputs(5, 0, 0, 0, 0, 0));
    for (double exponent : measured.singularSpectra().orElseThrow().getFirst()) {
      assertEquals(0, exponent, 1e-14);
    }
    assertEquals(0, measured.mean(), 1e-14);
  }

  @Test
  void theExponentsOfASquareNetworkSumToItsLogDeterminant() {
    int depth = 60;
    int[] widths = new int[depth + 2];
    Arrays.fill(widths, 8);
    Snapshot network = Layers.random("tanh", false, 2.5, 11, widths);
    Tensor inputs = Networks.gaussian("inputs", new Random(6), 1, 3, 8);
    FiniteTimeExponents measured = measure(network, inputs);
    for (int b = 0; b < 3; b++) {
      List<Double> spectrum = measured.singularSpectra().orElseThrow().get(b);
      double sum = spectrum.stream().mapToDouble(Double::doubleValue).sum();
      double[] x = Arrays.copyOfRange(inputs.toDoubles(), 8 * b, 8 * b + 8);
      assertEquals(logDeterminant(network, x, depth) / depth, sum, 1e-11);
      // Far beyond the sixteen digits that the Jacobian itself has.
      assertTrue((spectrum.getFirst() - spectrum.getLast()) * depth > 50, spectrum::toString);
    }
  }

  /** The sum over layers of log|det W| and the logarithms of the slopes. */
  private static double logDeterminant(Snapshot network, double[] x, int depth) {
    double sum = 0;
    double[] current = x;
    for (int l = 0; l < depth; l++) {
      double[] next = network.file().tensors().get("layers." + l + ".bias").toDoubles();
      double[] values = network.file().tensors().get("layers." + l + ".weight").toDoubles();
      DMatrixRMaj weight = new DMatrixRMaj(8, 8, true, values);
      sum += Math.log(Math.abs(CommonOps_DDRM.det(weight)));
      for (int i = 0; i < 8; i++) {
        for (int j = 0; j < 8; j++) {
          next[i] += weight.get(i, j) * current[j];
        }
        double e = Math.exp(-2 * Math.abs(next[i]));
        sum += Math.log(4 * e / ((1 + e) * (1 + e)));
        next[i] = Math.tanh(next[i]);
      }
      current = next;
    }
    return sum;
  }

  @Test
  void unitsThatAreOffTakeDirectionsAwayForGood() {
    DMatrixRMaj off = CommonOps_DDRM.identity(4);
    off.set(2, 2, -1); // relu is off there for a positive input
    FiniteTimeExponents measured =
        measure(
            Layers.of("relu", off, CommonOps_DDRM.identity(4), CommonOps_DDRM.identity(4)),
            inputs(4, 1, 1, 1, 1));
    assertEquals(
        List.of(0.0, 0.0, 0.0, Double.NEGATIVE_INFINITY),
        measured.singularSpectra().orElseThrow().getFirst());
  }

  @Test
  void whereAllUnitsAreOffNothingIsAnythingButMinusInfinity() {
    DMatrixRMaj off = CommonOps_DDRM.identity(2);
    CommonOps_DDRM.scale(-1, off);
    FiniteTimeExponents measured =
        measure(Layers.of("relu", off, off, off), inputs(2, 1, 1, -1, -1));
    assertEquals(Double.NEGATIVE_INFINITY, measured.perInput().getFirst());
    assertEquals(List.of(0.0, 0.0), measured.directions().orElseThrow().getFirst());
    assertEquals(
        Collections.nCopies(2, Double.NEGATIVE_INFINITY),
        measured.singularSpectra().orElseThrow().getFirst());
    assertEquals(2, measured.negativeInfinities());
    assertTrue(measured.meanFinite().isEmpty());
    assertTrue(measured.contrast().isEmpty());
  }

  @Test
  void depthNeitherOverflowsNorVanishes() {
    DMatrixRMaj[] weights = new DMatrixRMaj[401];
    Arrays.fill(weights, CommonOps_DDRM.diag(1e4, 1e-4));
    weights[400] = CommonOps_DDRM.identity(2);
    FiniteTimeExponents measured = measure(Layers.of("tanh", weights), inputs(2, 0, 0));
    List<Double> spectrum = measured.singularSpectra().orElseThrow().getFirst();
    assertEquals(Math.log(1e4), spectrum.getFirst(), 1e-12);
    assertEquals(-Math.log(1e4), spectrum.getLast(), 1e-12);
    assertEquals(Math.log(1e4), measured.max(), 1e-12);
  }

  @Test
  void anInputHasTheSameExponentsAloneAndInABatch() {
    Snapshot network = Layers.random("tanh", false, 1.5, 3, 2, 9, 9, 9, 2);
    Tensor many = Networks.gaussian("inputs", new Random(5), 1, 700, 2);
    FiniteTimeExponents together = measure(network, many);
    for (int b : new int[] {0, 127, 128, 699}) {
      FiniteTimeExponents alone =
          measure(network, inputs(2, many.toDoubles()[2 * b], many.toDoubles()[2 * b + 1]));
      assertEquals(together.perInput().get(b), alone.perInput().getFirst());
      assertEquals(together.directions().get().get(b), alone.directions().get().getFirst());
    }
  }

  private static Tensor inputs(int width, double... values) {
    return Tensor.of("inputs", Dtype.F64, new int[] {values.length / width, width}, values);
  }

  private static FiniteTimeExponents measure(Snapshot network, Tensor inputs) {
    var details = EnumSet.allOf(FiniteTimeDetail.class);
    return FeedForwardFlow.begin(network, Probes.of(inputs), Protocol.DEFAULT, details).finish();
  }
}
