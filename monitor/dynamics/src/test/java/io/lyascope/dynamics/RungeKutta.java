package io.lyascope.dynamics;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The classical Runge-Kutta step of a flow, differentiated along with it. */
record RungeKutta(
    int size, double dt, UnaryOperator<double[]> flow, Function<double[], double[][]> slope) {

  /** The step as a map whose exponents are per unit time. */
  TestMap map() {
    return new TestMap(size, dt, x -> step(x, flow), this::jacobian);
  }

  private double[][] jacobian(double[] x) {
    double[][] jacobian = new double[size][size];
    for (int j = 0; j < size; j++) {
      double[] joint = Arrays.copyOf(x, 2 * size);
      joint[size + j] = 1;
      double[] next = step(joint, this::jointFlow);
      for (int i = 0; i < size; i++) {
        jacobian[i][j] = next[size + i];
      }
    }
    return jacobian;
  }

  /** A state and one tangent vector. */
  private double[] jointFlow(double[] joint) {
    double[] x = Arrays.copyOf(joint, size);
    double[] result = Arrays.copyOf(flow.apply(x), 2 * size);
    double[][] s = slope.apply(x);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        result[size + i] += s[i][j] * joint[size + j];
      }
    }
    return result;
  }

  private double[] step(double[] x, UnaryOperator<double[]> field) {
    double[] a = field.apply(x);
    double[] b = field.apply(along(x, a, dt / 2));
    double[] c = field.apply(along(x, b, dt / 2));
    double[] d = field.apply(along(x, c, dt));
    double[] next = x.clone();
    for (int i = 0; i < x.length; i++) {
      next[i] += dt / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
    }
    return next;
  }

  private static double[] along(double[] x, double[] direction, double length) {
    double[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      moved[i] += length * direction[i];
    }
    return moved;
  }
}
