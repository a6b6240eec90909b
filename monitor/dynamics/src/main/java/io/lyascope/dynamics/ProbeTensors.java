package io.lyascope.dynamics;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The tensors of a probe that a network uses, checked against it and against each other. All errors
 * are of kind {@code probe} and name the tensor.
 */
final class ProbeTensors {

  private final Probe probe;
  private final TangentMap map;
  private final Optional<Tensor> inputs;

  ProbeTensors(Probe probe, TangentMap map) {
    this.probe = probe;
    this.map = map;
    this.inputs = probe.tensor("inputs");
    if (inputs.isEmpty() && map.inputSize() > 0) {
      throw refused("inputs", "the probe has no inputs");
    }
    inputs.ifPresent(tensor -> requireSeries(tensor, map.inputSize()));
    for (Channel channel : map.channels()) {
      probe.tensor(channel.name()).ifPresent(tensor -> requireSeries(tensor, channel.width()));
    }
    int sequences = sequences();
    states().ifPresent(h0 -> requireShape(h0, sequences, map.stateSize()));
    series().forEach(this::requireAgreement);
  }

  Optional<Tensor> inputs() {
    return inputs.filter(tensor -> map.inputSize() > 0);
  }

  Optional<Tensor> channel(Channel channel) {
    return probe.tensor(channel.name());
  }

  Optional<Tensor> states() {
    return probe.tensor("h0");
  }

  /** B of whatever there is; a network without input takes it from its first states. */
  int sequences() {
    int sequences =
        Stream.concat(series(), Stream.concat(states().stream(), inputs.stream()))
            .findFirst()
            .filter(tensor -> tensor.shape().length > 0)
            .map(tensor -> tensor.shape()[0])
            .orElseThrow(() -> refused("h0", "the probe has neither inputs nor h0"));
    if (sequences < 1) {
      throw refused("inputs", "the probe holds no sequence");
    }
    return sequences;
  }

  /** How many steps there are; empty if nothing limits them. */
  OptionalInt length() {
    return series().mapToInt(tensor -> tensor.shape()[1]).findFirst();
  }

  /** The tensors that have one row a step. */
  private Stream<Tensor> series() {
    return Stream.concat(
        inputs().stream(), map.channels().stream().flatMap(channel -> channel(channel).stream()));
  }

  private void requireAgreement(Tensor tensor) {
    int[] shape = tensor.shape();
    if (shape[0] != sequences() || shape[1] != length().orElseThrow()) {
      throw refused(
          tensor.name(),
          "%s has shape %s, wanted %d sequences of %d steps"
              .formatted(tensor.name(), tensor.shapeText(), sequences(), length().orElseThrow()));
    }
  }

  private static void requireSeries(Tensor tensor, int width) {
    int[] shape = tensor.shape();
    if (shape.length != 3 || shape[2] != width) {
      throw refused(
          tensor.name(),
          "%s has shape %s, the network wants [sequences, steps, %d]"
              .formatted(tensor.name(), tensor.shapeText(), width));
    }
    requireFinite(tensor);
  }

  private static void requireShape(Tensor tensor, int... shape) {
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
