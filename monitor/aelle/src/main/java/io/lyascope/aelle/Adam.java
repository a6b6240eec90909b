package io.lyascope.aelle;

import java.util.List;

/** Adam (Kingma and Ba 2015) with their constants, on parameters in place. */
final class Adam {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final List<double[]> parameters;
  private final List<double[]> first;
  private final List<double[]> second;
  private int steps;

  Adam(List<double[]> parameters) {
    this.parameters = parameters;
    this.first = zeros(parameters);
    this.second = zeros(parameters);
  }

  static List<double[]> zeros(List<double[]> like) {
    return like.stream().map(array -> new double[array.length]).toList();
  }

  /** One step against the gradient, with decoupled weight decay. */
  void step(List<double[]> gradients, double rate, double decay) {
    steps++;
    double correct1 = 1 - Math.pow(BETA1, steps);
    double correct2 = 1 - Math.pow(BETA2, steps);
    for (int k = 0; k < parameters.size(); k++) {
      double[] p = parameters.get(k);
      double[] g = gradients.get(k);
      double[] m = first.get(k);
      double[] v = second.get(k);
      for (int i = 0; i < p.length; i++) {
        m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
        v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
        double step = m[i] / correct1 / (Math.sqrt(v[i] / correct2) + EPSILON);
        p[i] -= rate * (step + decay * p[i]);
      }
    }
  }
}
