package io.lyascope.dynamics;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The numbers of a flow's state in a fixed order, section by section. Those that have state hand
 * each number over and take it back, so that writing and reading cannot fall apart: a recording
 * keeps what it is handed, a replay hands back what was recorded.
 */
sealed interface Tape {

  /** Begins another section. */
  void section(String name);

  /** Ends the last section. */
  void end();

  /** A number; the one that counts from here on is the one returned. */
  double number(double value);

  /** Numbers that are written or replaced in place. */
  default void numbers(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = number(values[i]);
    }
  }

  /**
   * A whole number.
   *
   * @throws RefusedException if what was recorded is not within these bounds
   */
  default int integer(int value, int least, int most) {
    double number = number(value);
    if (!(number >= least && number <= most) || number != Math.rint(number)) {
      throw broken("a number of it is " + number + ", wanted " + least + " to " + most);
    }
    return (int) number;
  }

  default boolean truth(boolean value) {
    return integer(value ? 1 : 0, 0, 1) == 1;
  }

  /** The one error of a state that cannot be gone on from. */
  static RefusedException broken(String reason) {
    return new RefusedException(Kind.MALFORMED, "flow", "the state of a flow: " + reason);
  }

  /** Keeps everything as tensors, one a section. */
  final class Recording implements Tape {

    private final List<Tensor> tensors = new ArrayList<>();
    private String name = "";
    private double[] values = new double[1024];
    private int count;

    List<Tensor> tensors() {
      return List.copyOf(tensors);
    }

    @Override
    public void section(String next) {
      end();
      name = next;
    }

    @Override
    public void end() {
      if (!name.isEmpty()) {
        int[] shape = {count};
        tensors.add(Tensor.of(name, Dtype.F64, shape, Arrays.copyOf(values, count)));
      }
      count = 0;
    }

    @Override
    public double number(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
      return value;
    }
  }

  /** Hands everything back in the same order. */
  final class Replay implements Tape {

    private final Map<String, Tensor> tensors;
    private String name = "";
    private double[] values = new double[0];
    private int at;

    Replay(Map<String, Tensor> tensors) {
      this.tensors = tensors;
    }

    @Override
    public void section(String next) {
      end();
      Tensor tensor = tensors.get(next);
      if (tensor == null) {
        throw broken("there is no " + next);
      }
      name = next;
      values = tensor.toDoubles();
      at = 0;
    }

    @Override
    public void end() {
      if (at != values.length) {
        throw broken(name + " has " + values.length + " numbers, wanted " + at);
      }
    }

    @Override
    public double number(double value) {
      if (at == values.length) {
        throw broken(name + " has " + values.length + " numbers, wanted more");
      }
      return values[at++];
    }
  }
}
