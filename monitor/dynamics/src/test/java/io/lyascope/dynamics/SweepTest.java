package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers are multiplied from the end with fewer directions. */
class SweepTest {

  /** A square matrix of the wide end would be larger than an array can be. */
  @ParameterizedTest
  @CsvSource({"50000,3", "3,50000"})
  void neverMakesASquareOfTheWideEnd(int inputs, int units) {
    Random random = new Random(1);
    Tensor weight = Networks.gaussian("layers.0.weight", random, 1, units, inputs);
    double[] allOn = new double[units];
    Arrays.fill(allOn, 1e9);
    Snapshot network =
        Networks.snapshot(
            new Architecture("feedforward", inputs, 0, 1, true, "", "relu", Map.of()),
            weight,
            Tensor.of("layers.0.bias", Dtype.F64, new int[] {units}, allOn),
            Networks.gaussian("layers.1.weight", random, 1, 1, units),
            Networks.gaussian("layers.1.bias", random, 1, 1));
    Probe probe = Probes.of(Networks.gaussian("inputs", random, 1, 2, inputs));
    FiniteTimeExponents measured =
        FeedForwardFlow.begin(
                network, probe, Protocol.DEFAULT, EnumSet.allOf(FiniteTimeDetail.class))
            .finish();
    List<Double> expected = logSingularValues(weight);
    assertEquals(expected.getFirst(), measured.perInput().getFirst(), 1e-12);
    List<Double> spectrum = measured.singularSpectra().orElseThrow().getLast();
    assertEquals(3, spectrum.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(expected.get(i), spectrum.get(i), 1e-12);
    }
    assertEquals(inputs, measured.directions().orElseThrow().getFirst().size());
  }

  /** Of the smaller Gram matrix, descending. */
  private static List<Double> logSingularValues(Tensor weight) {
    int[] shape = weight.shape();
    DMatrixRMaj w = DMatrixRMaj.wrap(shape[0], shape[1], weight.toDoubles());
    DMatrixRMaj gram = new DMatrixRMaj(3, 3);
    if (shape[0] < shape[1]) {
      CommonOps_DDRM.multTransB(w, w, gram);
    } else {
      CommonOps_DDRM.multTransA(w, w, gram);
    }
    var eigen = DecompositionFactory_DDRM.eig(3, false, true);
    eigen.decompose(gram);
    return List.of(0, 1, 2).stream()
        .map(i -> Math.log(eigen.getEigenvalue(i).getReal()) / 2)
        .sorted((a, b) -> Double.compare(b, a))
        .toList();
  }
}
