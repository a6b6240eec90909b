package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SaturationTest {

  @Test
  void slopesKeepTheirAccuracyWhereTheFunctionsRoundToOne() {
    for (double a : new double[] {40, -40, 300}) {
      assertEquals(1, sigmoids(a).slope(0) / Math.exp(-Math.abs(a)), 1e-14);
      assertEquals(1, Tanh.slope(a, Math.tanh(a)) / (4 * Math.exp(-2 * Math.abs(a))), 1e-14);
    }
    assertTrue(sigmoids(-700).value[0] > 0);
  }

  @Test
  void slopesAreTheDerivatives() {
    for (double a = -3; a <= 3; a += 0.25) {
      double h = 1e-5;
      assertEquals(
          (sigmoids(a + h).value[0] - sigmoids(a - h).value[0]) / (2 * h),
          sigmoids(a).slope(0),
          1e-10);
      assertEquals(
          (Math.tanh(a + h) - Math.tanh(a - h)) / (2 * h), Tanh.slope(a, Math.tanh(a)), 1e-10);
    }
  }

  @Test
  void sigmoidsKnowWhatIsLeftToOne() {
    for (double a : new double[] {-40, -1, 0, 1, 40}) {
      assertEquals(sigmoids(-a).value[0], sigmoids(a).rest[0]);
    }
  }

  /** With dt = 1 what a LEM keeps is 1 - s(a), which 1 - dt s(a) would round to zero. */
  @Test
  void openGatesOfALemLeaveALittle() {
    Architecture architecture = OtherCells.architecture("lem", 1, "tanh", Map.of("dt", 1));
    Snapshot network =
        Networks.snapshot(
            architecture,
            Tensor.of("cell.inp2hid.weight", Dtype.F64, new int[] {4, 2}, new double[8]),
            Tensor.of("cell.inp2hid.bias", Dtype.F64, new int[] {4}, 50, 45, 0, 0),
            Tensor.of("cell.hid2hid.weight", Dtype.F64, new int[] {3, 1}, new double[3]),
            Tensor.of("cell.hid2hid.bias", Dtype.F64, new int[] {3}, new double[3]),
            Tensor.of("cell.transform_z.weight", Dtype.F64, new int[] {1, 1}, 0),
            Tensor.of("cell.transform_z.bias", Dtype.F64, new int[] {1}, 0));
    LyapunovSpectrum spectrum =
        TangentFlow.begin(network, Probes.random(1, 30, 2, 1), Probes.protocol("{'burn_in':5}"))
            .finish();
    assertEquals(-45, spectrum.max(), 1e-12);
    assertEquals(-50, spectrum.min(), 1e-12);
    assertEquals(0, spectrum.dead());
  }

  private static Logistic sigmoids(double a) {
    Logistic sigmoids = new Logistic(1);
    sigmoids.set(0, a);
    return sigmoids;
  }

  @Test
  void cornersHaveTheSlopeThatPyTorchGivesThem() {
    assertEquals(0, Activation.RELU.slope(0));
    assertEquals(1, Activation.RELU.slope(1e-300));
    assertEquals(0, Activation.HARDTANH.slope(1));
    assertEquals(0, Activation.HARDTANH.slope(-1));
    assertEquals(1, Activation.HARDTANH.slope(Math.nextDown(1.0)));
  }
}
