package io.lyascope.dynamics;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a probe makes of a network: how many sequences, which inputs, from which states.
 *
 * @param sequences how many are measured
 * @param length steps of input that there are
 * @param width numbers of input a step
 * @param inputs [B, length, width], row-major
 * @param states the first states, [B, state]
 */
record Drive(int sequences, int length, int width, double[] inputs, Optional<Tensor> states) {

  /**
   * Checks a probe against the network that it is to drive.
   *
   * @throws RefusedException of kind {@code probe} or {@code protocol}
   */
  static Drive of(Probe probe, TangentMap map, Protocol protocol) {
    Tensor inputs =
        probe.tensor("inputs").orElseThrow(() -> refused("inputs", "the probe has no inputs"));
    int[] shape = inputs.shape();
    if (shape.length != 3 || shape[2] != map.inputSize()) {
      throw refused(
          "inputs",
          "inputs have shape %s, the network wants [sequences, steps, %d]"
              .formatted(inputs.shapeText(), map.inputSize()));
    }
    if (shape[0] < 1) {
      throw refused("inputs", "inputs hold no sequence");
    }
    requireFinite(inputs);
    Optional<Tensor> states = probe.tensor("h0");
    states.ifPresent(h0 -> requireShape(h0, shape[0], map.stateSize()));
    return new Drive(sequences(protocol, shape[0]), shape[1], shape[2], inputs.toDoubles(), states);
  }

  private static int sequences(Protocol protocol, int present) {
    return switch (protocol.sequences()) {
      case Protocol.Count.All() -> present;
      case Protocol.Count.First(int n) when n <= present -> n;
      case Protocol.Count.First(int n) ->
          throw new RefusedException(
              Kind.PROTOCOL,
              "sequences",
              "protocol field sequences is " + n + ", the probe has " + present);
    };
  }

  /** The protocol with as many steps as the inputs allow; one with a name keeps its steps. */
  Protocol fitted(Protocol protocol) {
    long available = (long) length - protocol.warmup() - protocol.burnIn();
    if (protocol.steps() <= available) {
      return protocol;
    }
    if (protocol.name().isPresent() || available < 1) {
      throw refused(
          "inputs",
          "inputs have %d steps, the protocol wants %d of warm-up, %d of burn-in and %d counted"
              .formatted(
                  length,
                  protocol.warmup(),
                  protocol.burnIn(),
                  protocol.name().isPresent() ? protocol.steps() : 1));
    }
    return protocol.withSteps((int) available);
  }

  /** Where the input of a step begins. */
  int at(int sequence, int step) {
    return (sequence * length + step) * width;
  }

  /** The state that a sequence starts from: zero unless the probe says otherwise. */
  double[] state(int sequence, int size) {
    double[] state = new double[size];
    states.ifPresent(h0 -> System.arraycopy(h0.toDoubles(), sequence * size, state, 0, size));
    return state;
  }

  static void requireShape(Tensor tensor, int... shape) {
    if (!tensor.hasShape(shape)) {
      throw refused(
          tensor.name(),
          "%s has shape %s, wanted %s"
              .formatted(tensor.name(), tensor.shapeText(), Arrays.toString(shape)));
    }
    requireFinite(tensor);
  }

  static void requireFinite(Tensor tensor) {
    OptionalInt index = tensor.firstNonFinite();
    if (index.isPresent()) {
      throw refused(
          tensor.name(),
          tensor.name() + " holds a value that is not finite at element " + index.getAsInt());
    }
  }

  static RefusedException refused(String field, String message) {
    return new RefusedException(Kind.PROBE, field, message);
  }
}
