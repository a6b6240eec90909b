package io.lyascope.dynamics;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Tensor;

/** The inputs of a probe that suit a feed-forward network, one a row. */
final class ProbeInputs {

  private ProbeInputs() {}

  /**
   * As many of them as the protocol asks for.
   *
   * @throws RefusedException of kind {@code probe} or {@code protocol}
   */
  static Matrix of(Probe probe, FeedForward network, Protocol protocol) {
    Tensor inputs =
        probe
            .tensor("inputs")
            .orElseThrow(() -> ProbeTensors.refused("inputs", "the probe has no inputs"));
    int width = network.inputSize();
    int[] shape = inputs.shape();
    if (shape.length != 2 || shape[1] != width || shape[0] < 1) {
      throw ProbeTensors.refused(
          "inputs",
          "inputs have shape %s, the network wants [inputs, %d]"
              .formatted(inputs.shapeText(), width));
    }
    ProbeTensors.requireFinite(inputs);
    int count = Drive.sequences(protocol, shape[0]);
    return new Matrix(inputs.toDoubles(), 0, width, count, width);
  }
}
