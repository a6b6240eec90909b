package io.lyascope.dynamics;

import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Tensor;
import java.util.Random;

/** Inputs and channels of every step in one row. */
final class DriveRows {

  private final int sequences;
  private final int steps;
  private final TangentMap map;
  private final int width;
  private final double[] values;

  DriveRows(int sequences, int steps, TangentMap map) {
    this.sequences = sequences;
    this.steps = steps;
    this.map = map;
    this.width = map.inputSize() + map.channels().stream().mapToInt(Channel::width).sum();
    this.values = new double[size(sequences, steps, width)];
  }

  private static int size(int sequences, int steps, int width) {
    double size = (double) sequences * steps * width;
    if (size > Integer.MAX_VALUE) {
      throw new RefusedException(
          RefusedException.Kind.PROTOCOL,
          "steps",
          "%d sequences of %d steps take %.0f numbers to drive them, more than an array holds"
              .formatted(sequences, steps, size));
    }
    return (int) size;
  }

  int width() {
    return width;
  }

  double[] values() {
    return values;
  }

  void fill(ProbeTensors tensors, long seed) {
    tensors.inputs().ifPresent(inputs -> copy(inputs, 0, map.inputSize()));
    int at = map.inputSize();
    for (Channel channel : map.channels()) {
      int column = at;
      tensors
          .channel(channel)
          .ifPresentOrElse(
              tensor -> copy(tensor, column, channel.width()),
              () -> standIn(channel, column, seed));
      at += channel.width();
    }
  }

  private void copy(Tensor tensor, int column, int count) {
    double[] source = tensor.toDoubles();
    int length = tensor.shape()[1];
    for (int b = 0; b < sequences; b++) {
      for (int t = 0; t < steps; t++) {
        int to = (b * steps + t) * width + column;
        System.arraycopy(source, (b * length + t) * count, values, to, count);
      }
    }
  }

  /** Drawn sequence by sequence, so that one sequence's noise does not depend on the others. */
  private void standIn(Channel channel, int column, long seed) {
    for (int b = 0; b < sequences; b++) {
      Random random = new Random(31 * seed + b);
      for (int t = 0; t < steps; t++) {
        int to = (b * steps + t) * width + column;
        for (int i = 0; i < channel.width(); i++) {
          values[to + i] =
              switch (channel.absent()) {
                case Channel.Absent.Constant(double value) -> value;
                case Channel.Absent.Drawn() -> random.nextGaussian();
              };
        }
      }
    }
  }
}
