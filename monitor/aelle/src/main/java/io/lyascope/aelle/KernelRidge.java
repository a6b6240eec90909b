package io.lyascope.aelle;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Kernel ridge regression with the kernel exp(-|x - x'|^2 / 2) of scaled inputs. */
final class KernelRidge {

  private KernelRidge() {}

  static double kernel(double[] a, double[] b) {
    double distance = 0;
    for (int j = 0; j < a.length; j++) {
      double difference = a[j] - b[j];
      distance += difference * difference;
    }
    return Math.exp(-distance / 2);
  }

  /** The kernel of every pair. */
  static double[][] gram(double[][] inputs) {
    int n = inputs.length;
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        gram[i][j] = kernel(inputs[i], inputs[j]);
        gram[j][i] = gram[i][j];
      }
    }
    return gram;
  }

  /**
   * The weights of the chosen rows, zero elsewhere: (K + ridge I) weights = targets.
   *
   * @param chosen indices of the rows that take part
   */
  static double[] solve(double[][] gram, double[] targets, int[] chosen, double ridge) {
    int n = chosen.length;
    DMatrixRMaj system = new DMatrixRMaj(n, n);
    DMatrixRMaj right = new DMatrixRMaj(n, 1);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        system.unsafe_set(i, j, gram[chosen[i]][chosen[j]]);
      }
      system.unsafe_set(i, i, system.unsafe_get(i, i) + ridge);
      right.unsafe_set(i, 0, targets[chosen[i]]);
    }
    LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(n);
    if (!cholesky.setA(system)) {
      throw new ArithmeticException("the kernel matrix is not positive definite");
    }
    DMatrixRMaj solution = new DMatrixRMaj(n, 1);
    cholesky.solve(right, solution);
    double[] weights = new double[gram.length];
    for (int i = 0; i < n; i++) {
      weights[chosen[i]] = solution.get(i, 0);
    }
    return weights;
  }

  /** The prediction at a row of kernels. */
  static double predict(double[] kernels, double[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += kernels[i] * weights[i];
    }
    return sum;
  }
}
