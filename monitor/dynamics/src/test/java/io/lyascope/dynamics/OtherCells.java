package io.lyascope.dynamics;

import static io.lyascope.dynamics.Networks.gaussian;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Map;
import java.util.Random;

/** Small random networks of the kinds that PyTorch does not bring. */
final class OtherCells {

  static final int INPUT = 2;

  private OtherCells() {}

  static Snapshot asrnn(int h) {
    Random random = new Random(1);
    return Networks.snapshot(
        architecture("asrnn", h, "tanh", Map.of("eps", 0.3, "gamma", 0.1)),
        gaussian("weight_ih", random, 1, h, INPUT),
        gaussian("weight_hh", random, 1, h, h),
        gaussian("bias", random, 0.5, h));
  }

  static Snapshot lipschitz(int h, String order) {
    Random random = new Random(2);
    Map<String, Object> hyper =
        Map.of(
            "beta", 0.7, "gamma_a", 0.1, "gamma_w", 0.2, "eps", 0.1, "alpha", 0.9, "order", order);
    return Networks.snapshot(
        architecture("lipschitz", h, "tanh", hyper),
        gaussian("B", random, 0.5, h, h),
        gaussian("C", random, 0.5, h, h),
        gaussian("E.weight", random, 1, h, INPUT),
        gaussian("E.bias", random, 0.5, h));
  }

  static Snapshot noisy(int h) {
    Random random = new Random(3);
    Map<String, Object> hyper = Map.of("beta", 0.6, "gamma_a", 0.1, "gamma_w", 0.2);
    return Networks.snapshot(
        architecture("noisy", h, "tanh", hyper),
        gaussian("B", random, 0.5, h, h),
        gaussian("C", random, 0.5, h, h),
        gaussian("d", random, 0.1, h),
        gaussian("E.weight", random, 1, h, INPUT),
        gaussian("E.bias", random, 0.5, h));
  }

  static Snapshot cornn(int h) {
    Random random = new Random(4);
    return Networks.snapshot(
        cornnArchitecture(h),
        gaussian("wy.weight", random, 1, h, h),
        gaussian("wz.weight", random, 1, h, h),
        gaussian("V.weight", random, 1, h, INPUT),
        gaussian("V.bias", random, 0.5, h));
  }

  /** The network of {@link #cornn} in the authors' layout. */
  static Snapshot publishedCornn(int h) {
    Map<String, Tensor> from = cornn(h).file().tensors();
    double[] all = new double[h * (INPUT + 2 * h)];
    for (int i = 0; i < h; i++) {
      int row = i * (INPUT + 2 * h);
      System.arraycopy(from.get("V.weight").toDoubles(), i * INPUT, all, row, INPUT);
      System.arraycopy(from.get("wz.weight").toDoubles(), i * h, all, row + INPUT, h);
      System.arraycopy(from.get("wy.weight").toDoubles(), i * h, all, row + INPUT + h, h);
    }
    return Networks.snapshot(
        cornnArchitecture(h),
        Tensor.of("cell.i2h.weight", Dtype.F64, new int[] {h, INPUT + 2 * h}, all),
        from.get("V.bias").renamed("cell.i2h.bias"));
  }

  private static Architecture cornnArchitecture(int h) {
    return architecture("cornn", h, "tanh", Map.of("dt", 0.2, "gamma", 1.5, "epsilon", 2L));
  }

  static Snapshot lem(int h) {
    Random random = new Random(5);
    return Networks.snapshot(
        architecture("lem", h, "tanh", Map.of("dt", 0.8)),
        gaussian("cell.inp2hid.weight", random, 1, 4 * h, INPUT),
        gaussian("cell.inp2hid.bias", random, 0.5, 4 * h),
        gaussian("cell.hid2hid.weight", random, 1, 3 * h, h),
        gaussian("cell.hid2hid.bias", random, 0.5, 3 * h),
        gaussian("cell.transform_z.weight", random, 1, h, h),
        gaussian("cell.transform_z.bias", random, 0.5, h));
  }

  static Snapshot rate(int h, String phi, double gain, Map<String, Object> hyper) {
    Random random = new Random(6);
    return Networks.snapshot(
        architecture("rate", h, phi, hyper),
        gaussian("weight_hh", random, gain / Math.sqrt(h), h, h),
        gaussian("weight_ih", random, 1, h, INPUT),
        gaussian("bias", random, 0.5, h));
  }

  /** Without input, with a rank-one term. */
  static Snapshot autonomousRate(int h) {
    Random random = new Random(7);
    return Networks.snapshot(
        new Architecture("rate", 0, h, 1, true, "", "tanh", Map.of("dt", 0.3)),
        gaussian("weight_hh", random, 2 / Math.sqrt(h), h, h),
        gaussian("u", random, 0.5, h),
        gaussian("w", random, 0.5, h));
  }

  static Architecture architecture(
      String cell, int hidden, String nonlinearity, Map<String, Object> hyper) {
    return new Architecture(cell, INPUT, hidden, 1, true, "", nonlinearity, hyper);
  }
}
