package io.lyascope.aelle;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Principal components.
 *
 * @param mean of the data
 * @param axes unit vectors by descending variance; the largest coordinate of each is positive
 * @param deviations standard deviations along the axes
 */
record Pca(double[] mean, double[][] axes, double[] deviations) {

  /** The first {@code count} components of these rows. */
  static Pca of(double[][] rows, int count) {
    int width = rows[0].length;
    double[] mean = new double[width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(width, true, true);
    if (!eigen.decompose(covariance(rows, mean))) {
      throw new ArithmeticException("the covariance has no eigenvectors");
    }
    int[] order =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .limit(count)
            .toArray();
    double[][] axes =
        Arrays.stream(order)
            .mapToObj(i -> oriented(eigen.getEigenVector(i).getData()))
            .toArray(double[][]::new);
    double[] deviations =
        Arrays.stream(order)
            .mapToDouble(i -> Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal())))
            .toArray();
    return new Pca(mean, axes, deviations);
  }

  private static DMatrixRMaj covariance(double[][] rows, double[] mean) {
    int width = mean.length;
    DMatrixRMaj covariance = new DMatrixRMaj(width, width);
    double[] sums = covariance.getData();
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        double deviation = (row[i] - mean[i]) / rows.length;
        for (int j = 0; j < width; j++) {
          sums[i * width + j] += deviation * (row[j] - mean[j]);
        }
      }
    }
    return covariance;
  }

  private static double[] oriented(double[] axis) {
    double largest = Arrays.stream(axis).reduce(0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
    return largest < 0 ? Arrays.stream(axis).map(x -> -x).toArray() : axis.clone();
  }

  /** The coordinates of a row along the axes. */
  double[] project(double[] row) {
    double[] coordinates = new double[axes.length];
    for (int k = 0; k < axes.length; k++) {
      for (int j = 0; j < row.length; j++) {
        coordinates[k] += axes[k][j] * (row[j] - mean[j]);
      }
    }
    return coordinates;
  }
}
