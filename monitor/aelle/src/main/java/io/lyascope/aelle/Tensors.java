package io.lyascope.aelle;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays to tensors and back. */
final class Tensors {

  private final List<Tensor> tensors = new ArrayList<>();

  /** Single precision: rows and weights, of which there are many. */
  void put(String name, double[][] rows) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    tensors.add(Tensor.of(name, Dtype.F32, new int[] {rows.length, width}, values));
  }

  void put(String name, double... values) {
    tensors.add(Tensor.of(name, Dtype.F64, new int[] {values.length}, values));
  }

  List<Tensor> all() {
    return tensors;
  }

  /** The tensor of this name. */
  static double[] row(TensorFile file, String name) {
    return find(file, name).toDoubles();
  }

  static double[][] rows(TensorFile file, String name) {
    Tensor tensor = find(file, name);
    if (tensor.shape().length != 2) {
      throw refused(name, "has shape " + tensor.shapeText() + ", wanted two dimensions");
    }
    int width = tensor.shape()[1];
    double[] values = tensor.toDoubles();
    double[][] rows = new double[tensor.shape()[0]][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * width, (i + 1) * width));
    return rows;
  }

  private static Tensor find(TensorFile file, String name) {
    Tensor tensor = file.tensors().get(name);
    if (tensor == null) {
      throw refused(name, "is missing");
    }
    return tensor;
  }

  private static RefusedException refused(String name, String problem) {
    return new RefusedException(
        RefusedException.Kind.SHAPE, name, "the predictor's tensor " + name + " " + problem);
  }
}
