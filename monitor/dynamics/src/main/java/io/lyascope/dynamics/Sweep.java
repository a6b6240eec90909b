package io.lyascope.dynamics;

import io.lyascope.dynamics.FeedForward.Layer;
import java.util.List;

/**
 * From which end the product D_L W_L .. D_1 W_1 is multiplied (Storm 2024, equation 1): from the
 * one with fewer directions, so that a picture of 784 pixels costs a network of 20 units no more
 * than 20 tangent vectors. Vectors are the rows of a matrix, those of one input next to each other.
 */
enum Sweep {
  /** The directions of the input are pushed forward; the rows end as columns of the Jacobian. */
  FORWARD {
    @Override
    Matrix push(Layer layer, Matrix slopes, Matrix vectors, Kernels kernels) {
      Matrix pushed = Matrix.zeros(vectors.rows(), layer.weight().rows());
      kernels.multiplyTransposed(vectors, layer.weight(), pushed);
      scale(pushed, slopes, pushed);
      return layer.residual() ? plus(pushed, vectors) : pushed;
    }

    @Override
    List<Layer> order(List<Layer> layers) {
      return layers;
    }

    @Override
    List<Matrix> orderSlopes(List<Matrix> slopes) {
      return slopes;
    }
  },
  /** The directions of the last hidden layer are pulled back; the rows end as the Jacobian's. */
  BACKWARD {
    @Override
    Matrix push(Layer layer, Matrix slopes, Matrix vectors, Kernels kernels) {
      Matrix scaled = Matrix.zeros(vectors.rows(), vectors.columns());
      scale(vectors, slopes, scaled);
      Matrix pulled = Matrix.zeros(vectors.rows(), layer.weight().columns());
      kernels.multiply(scaled, layer.weight(), pulled, Kernels.Target.SET);
      return layer.residual() ? plus(pulled, vectors) : pulled;
    }

    @Override
    List<Layer> order(List<Layer> layers) {
      return layers.reversed();
    }

    @Override
    List<Matrix> orderSlopes(List<Matrix> slopes) {
      return slopes.reversed();
    }
  };

  /** The cheaper sweep. */
  static Sweep of(FeedForward network) {
    return network.inputSize() <= network.outputSize() ? FORWARD : BACKWARD;
  }

  /** Vectors an input. */
  static int vectors(FeedForward network) {
    return Math.min(network.inputSize(), network.outputSize());
  }

  /**
   * Takes vectors through one layer.
   *
   * @param slopes of this layer, one row an input
   * @param vectors equally many for each input
   */
  abstract Matrix push(Layer layer, Matrix slopes, Matrix vectors, Kernels kernels);

  /** Layers in the order in which vectors meet them. */
  abstract List<Layer> order(List<Layer> layers);

  abstract List<Matrix> orderSlopes(List<Matrix> slopes);

  private static void scale(Matrix vectors, Matrix slopes, Matrix target) {
    int each = vectors.rows() / slopes.rows();
    for (int r = 0; r < vectors.rows(); r++) {
      int slope = slopes.row(r / each);
      int from = vectors.row(r);
      int to = target.row(r);
      for (int i = 0; i < vectors.columns(); i++) {
        target.values()[to + i] = slopes.values()[slope + i] * vectors.values()[from + i];
      }
    }
  }

  private static Matrix plus(Matrix sum, Matrix addend) {
    for (int r = 0; r < sum.rows(); r++) {
      Kernels.add(1, addend.values(), addend.row(r), sum.values(), sum.row(r), sum.columns());
    }
    return sum;
  }
}
