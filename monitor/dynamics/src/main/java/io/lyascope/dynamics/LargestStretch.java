package io.lyascope.dynamics;

import java.util.List;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The largest singular value of a Jacobian and its right singular vector, from the smaller of the
 * two Gram matrices.
 */
final class LargestStretch {

  private final Sweep sweep;
  private final Kernels kernels;
  private final Matrix gram;
  private final EigenDecomposition_F64<DMatrixRMaj> eigen;
  private int leading;

  /**
   * @param vectors how many vectors the sweep carries for an input
   */
  LargestStretch(Sweep sweep, int vectors, Kernels kernels) {
    this.sweep = sweep;
    this.kernels = kernels;
    this.gram = Matrix.zeros(vectors, vectors);
    this.eigen = DecompositionFactory_DDRM.eig(vectors, true, /* isSymmetric= */ true);
  }

  /**
   * Looks at the vectors of one input and returns the largest singular value.
   *
   * @param vectors whose elements are at most about 1, so that no square overflows
   */
  double of(Matrix vectors) {
    kernels.multiplyTransposed(vectors, vectors, gram);
    eigen.decompose(new DMatrixRMaj(gram.rows(), gram.rows(), true, gram.values().clone()));
    leading = 0;
    for (int i = 1; i < gram.rows(); i++) {
      if (value(i) > value(leading)) {
        leading = i;
      }
    }
    return Math.sqrt(Math.max(0, value(leading)));
  }

  private double value(int i) {
    return eigen.getEigenvalue(i).getReal();
  }

  /** The unit vector of input space that belongs to the value; zeros for the value zero. */
  List<Double> direction(Matrix vectors) {
    double[] own = eigen.getEigenVector(leading).getData();
    double[] direction =
        switch (sweep) {
          case FORWARD -> own.clone(); // an eigenvector of J^T J
          case BACKWARD -> pulledBack(own, vectors); // of J J^T
        };
    double norm = Math.sqrt(DoubleStream.of(direction).map(x -> x * x).sum());
    if (value(leading) <= 0 || norm == 0) {
      return DoubleStream.of(direction).map(_ -> 0).boxed().toList();
    }
    double factor = sign(direction) / norm;
    return DoubleStream.of(direction).map(x -> factor * x).boxed().toList();
  }

  /** J^T u. */
  private static double[] pulledBack(double[] u, Matrix vectors) {
    double[] sum = new double[vectors.columns()];
    for (int r = 0; r < vectors.rows(); r++) {
      Kernels.add(u[r], vectors.values(), vectors.row(r), sum, 0, sum.length);
    }
    return sum;
  }

  /** A singular vector has no sign of its own: the component that is largest is made positive. */
  private static double sign(double[] vector) {
    double largest = 0;
    for (double x : vector) {
      largest = Math.abs(x) > Math.abs(largest) ? x : largest;
    }
    return Math.signum(largest);
  }
}
