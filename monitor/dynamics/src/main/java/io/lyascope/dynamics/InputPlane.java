package io.lyascope.dynamics;

import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.util.Arrays;
import java.util.Optional;

/**
 * A plane in input space: the point (x, y) is {@code origin + x first + y second}.
 *
 * @param origin D numbers
 * @param first D numbers, need not be of length 1
 * @param second D numbers
 */
public record InputPlane(double[] origin, double[] first, double[] second) {

  /** All there is of a two-dimensional input space. */
  public static final InputPlane WHOLE =
      new InputPlane(new double[2], new double[] {1, 0}, new double[] {0, 1});

  /** Points times dimensions of a grid at most: 128 MiB. */
  private static final int MAX_NUMBERS = 1 << 24;

  /**
   * Reads the tensors {@code origin} [D] and {@code directions} [2, D].
   *
   * @throws RefusedException of kind {@code probe}, naming the tensor
   */
  public static InputPlane of(TensorFile file) {
    Tensor directions = tensor(file, "directions");
    int[] shape = directions.shape();
    if (shape.length != 2 || shape[0] != 2) {
      throw wrongShape(directions, "[2, D]");
    }
    int width = shape[1];
    Tensor origin = tensor(file, "origin");
    if (!origin.hasShape(width)) {
      throw wrongShape(origin, "[" + width + "]");
    }
    double[] both = directions.toDoubles();
    double[] first = Arrays.copyOfRange(both, 0, width);
    double[] second = Arrays.copyOfRange(both, width, 2 * width);
    return new InputPlane(origin.toDoubles(), first, second);
  }

  private static Tensor tensor(TensorFile file, String name) {
    Tensor tensor = Optional.ofNullable(file.tensors().get(name)).orElseThrow(() -> missing(name));
    ProbeTensors.requireFinite(tensor);
    return tensor;
  }

  private static RefusedException missing(String name) {
    return ProbeTensors.refused(name, "the plane has no tensor " + name);
  }

  private static RefusedException wrongShape(Tensor tensor, String wanted) {
    return ProbeTensors.refused(
        tensor.name(),
        "%s has shape %s, wanted %s".formatted(tensor.name(), tensor.shapeText(), wanted));
  }

  /**
   * The inputs at the points of a grid, row by row.
   *
   * @throws RefusedException of kind {@code probe} where the network has inputs of another size
   */
  Matrix inputs(FieldGrid grid, FeedForward network) {
    int width = origin.length;
    if (width != network.inputSize()) {
      throw new RefusedException(
          Kind.PROBE,
          "plane",
          "the plane lies in %d dimensions, the network's inputs have %d"
              .formatted(width, network.inputSize()));
    }
    if ((long) grid.points() * width > MAX_NUMBERS) {
      throw new RefusedException(
          Kind.PROBE,
          "plane",
          "%d points in %d dimensions are more than %d numbers"
              .formatted(grid.points(), width, MAX_NUMBERS));
    }
    Matrix inputs = Matrix.zeros(grid.points(), width);
    for (int point = 0; point < grid.points(); point++) {
      double x = grid.x(point % grid.columns());
      double y = grid.y(point / grid.columns());
      for (int d = 0; d < width; d++) {
        inputs.values()[inputs.row(point) + d] = origin[d] + x * first[d] + y * second[d];
      }
    }
    return inputs;
  }
}
