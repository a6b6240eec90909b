package io.lyascope.dynamics;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.Map;
import java.util.Random;

/**
 * A random rate network without input, with couplings of variance g^2 / N.
 *
 * @param sigma of the white noise that drives it
 */
record RandomRateNetwork(int size, String phi, double gain, double dt, double sigma, long seed) {

  /** An autonomous network of tanh units. */
  static RandomRateNetwork tanh(int size, double gain, double dt, long seed) {
    return new RandomRateNetwork(size, "tanh", gain, dt, 0, seed);
  }

  Snapshot snapshot() {
    double scale = gain / Math.sqrt(size);
    return Networks.snapshot(
        new Architecture("rate", 0, size, 1, false, "", phi, Map.of("dt", dt, "sigma", sigma)),
        Networks.gaussian("weight_hh", new Random(seed), scale, size, size));
  }

  /** J, row by row. */
  double[] couplings() {
    return snapshot().file().tensors().get("weight_hh").toDoubles();
  }

  double[] start() {
    return probe().file().tensors().get("h0").toDoubles();
  }

  /**
   * All exponents, after {@code settling} steps of the state and a quarter of that of the basis.
   */
  LyapunovSpectrum measure(int settling, int steps) {
    return measure(settling, steps, "'all'");
  }

  /** The first few. */
  LyapunovSpectrum first(int exponents, int settling, int steps) {
    return measure(settling, steps, Integer.toString(exponents));
  }

  private LyapunovSpectrum measure(int settling, int steps, String exponents) {
    return TangentFlow.begin(
            snapshot(),
            probe(),
            Probes.protocol(
                "{'warmup':%d,'burn_in':%d,'steps':%d,'exponents':%s}"
                    .formatted(settling, settling / 4, steps, exponents)))
        .finish();
  }

  private Probe probe() {
    Tensor h0 = Networks.gaussian("h0", new Random(seed + 1000), 1, 1, size);
    return Probes.of(h0);
  }
}
