package io.lyascope.dynamics;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Tensor;
import java.util.Optional;

/**
 * What a probe makes of a network: how many sequences, what drives them, from which states.
 *
 * @param protocol with the steps that the probe's length allows
 * @param sequences how many are measured
 * @param length steps that there are rows for
 * @param width numbers that drive a step: the input, then the channels
 * @param rows [B, length, width], row-major
 * @param states the first states, [B, state]
 */
record Drive(
    Protocol protocol,
    int sequences,
    int length,
    int width,
    double[] rows,
    Optional<Tensor> states) {

  /**
   * Checks a probe against the network that it is to drive.
   *
   * @throws RefusedException of kind {@code probe} or {@code protocol}
   */
  static Drive of(Probe probe, TangentMap map, Protocol wanted) {
    ProbeTensors tensors = new ProbeTensors(probe, map);
    Protocol protocol = fitted(wanted, tensors);
    int steps = protocol.warmup() + protocol.burnIn() + protocol.steps();
    int sequences = sequences(protocol, tensors.sequences());
    DriveRows rows = new DriveRows(sequences, steps, map);
    rows.fill(tensors, protocol.seed());
    return new Drive(protocol, sequences, steps, rows.width(), rows.values(), tensors.states());
  }

  /** How many of those that are present a protocol asks for. */
  static int sequences(Protocol protocol, int present) {
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

  /** As many steps as the probe allows; a protocol with a name keeps its own. */
  private static Protocol fitted(Protocol protocol, ProbeTensors tensors) {
    long available =
        tensors.length().orElse(Integer.MAX_VALUE) - (long) protocol.warmup() - protocol.burnIn();
    if (protocol.steps() <= available) {
      return protocol;
    }
    if (protocol.name().isPresent() || available < 1) {
      throw ProbeTensors.refused(
          "inputs",
          "inputs have %s steps, the protocol wants %d of warm-up, %d of burn-in and %d counted"
              .formatted(
                  tensors.length().orElse(Integer.MAX_VALUE),
                  protocol.warmup(),
                  protocol.burnIn(),
                  protocol.steps()));
    }
    return protocol.withSteps((int) available);
  }

  /** Where the numbers that drive a step begin. */
  int at(int sequence, int step) {
    return (sequence * length + step) * width;
  }

  /** The state that a sequence starts from: zero unless the probe says otherwise. */
  double[] state(int sequence, int size) {
    double[] state = new double[size];
    states.ifPresent(h0 -> System.arraycopy(h0.toDoubles(), sequence * size, state, 0, size));
    return state;
  }
}
