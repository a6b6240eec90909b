package io.lyascope.dynamics;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The two-class problem of Storm 2024, figure 1: points of the square [-1, 1]^2, target +1 inside a
 * circle and -1 outside, learned by a network of tanh units by stochastic gradient descent on
 * (output - target)^2. The input has a third component that is always 1 in place of a threshold in
 * the first layer.
 */
final class CircleNetwork {

  /** Inside is as large as outside. */
  static final double RADIUS = Math.sqrt(2 / Math.PI);

  private final double[][][] weights;
  private final double[][] activities;
  private final double[][] errors;
  private final Random random;

  /** Random weights of variance 1 / fan-in. */
  CircleNetwork(int width, int depth, long seed) {
    random = new Random(seed);
    weights = new double[depth + 1][][];
    activities = new double[depth + 2][];
    errors = new double[depth + 1][];
    activities[0] = new double[3];
    for (int l = 0; l <= depth; l++) {
      int inputs = l == 0 ? 3 : width;
      weights[l] = new double[l == depth ? 1 : width][inputs];
      activities[l + 1] = new double[weights[l].length];
      errors[l] = new double[weights[l].length];
      for (double[] row : weights[l]) {
        for (int j = 0; j < inputs; j++) {
          row[j] = random.nextGaussian() / Math.sqrt(inputs);
        }
      }
    }
  }

  CircleNetwork train(int patterns, double rate) {
    for (int pattern = 0; pattern < patterns; pattern++) {
      double x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      double difference = output(x, y) - target(x, y);
      int last = weights.length - 1;
      errors[last][0] = difference * slope(activities[last + 1][0]);
      for (int l = last; l >= 0; l--) {
        step(l, rate);
      }
    }
    return this;
  }

  private void step(int layer, double rate) {
    double[] inputs = activities[layer];
    for (int j = 0; j < inputs.length; j++) {
      double error = 0;
      for (int i = 0; i < errors[layer].length; i++) {
        error += errors[layer][i] * weights[layer][i][j];
        weights[layer][i][j] -= rate * errors[layer][i] * inputs[j];
      }
      if (layer > 0) {
        errors[layer - 1][j] = error * slope(inputs[j]);
      }
    }
  }

  double output(double x, double y) {
    activities[0][0] = x;
    activities[0][1] = y;
    activities[0][2] = 1;
    for (int l = 0; l < weights.length; l++) {
      for (int i = 0; i < weights[l].length; i++) {
        double field = 0;
        for (int j = 0; j < activities[l].length; j++) {
          field += weights[l][i][j] * activities[l][j];
        }
        activities[l + 1][i] = Math.tanh(field);
      }
    }
    return activities[weights.length][0];
  }

  private static double slope(double activity) {
    return 1 - activity * activity;
  }

  static double target(double x, double y) {
    return Math.hypot(x, y) < RADIUS ? 1 : -1;
  }

  /** The share of points of a grid that are on the right side. */
  double accuracy() {
    int right = 0;
    for (int i = 0; i < 400; i++) {
      double x = -0.95 + 0.1 * (i % 20);
      int row = i / 20;
      double y = -0.95 + 0.1 * row;
      right += output(x, y) * target(x, y) > 0 ? 1 : 0;
    }
    return right / 400.0;
  }

  /** The network of two inputs, with the weights of the constant one as a bias. */
  Snapshot snapshot() {
    List<Tensor> tensors = new ArrayList<>();
    for (int l = 0; l < weights.length; l++) {
      int rows = weights[l].length;
      int columns = l == 0 ? 2 : weights[l][0].length;
      double[] values = new double[rows * columns];
      double[] bias = new double[rows];
      for (int i = 0; i < rows; i++) {
        System.arraycopy(weights[l][i], 0, values, i * columns, columns);
        bias[i] = l == 0 ? weights[l][i][2] : 0;
      }
      String name = "layers." + l;
      tensors.add(Tensor.of(name + ".weight", Dtype.F64, new int[] {rows, columns}, values));
      tensors.add(Tensor.of(name + ".bias", Dtype.F64, new int[] {rows}, bias));
    }
    return Networks.snapshot(Layers.architecture("tanh", false, 2, true), tensors);
  }
}
