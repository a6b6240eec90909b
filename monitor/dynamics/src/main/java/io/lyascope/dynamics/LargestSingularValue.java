package io.lyascope.dynamics;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** The largest singular value of a matrix, from the smaller of its two Gram matrices. */
final class LargestSingularValue {

  private LargestSingularValue() {}

  /** Of a matrix whose elements are at most about 1, so that no square overflows. */
  static double of(Matrix matrix, Kernels kernels) {
    Matrix wide = matrix.rows() <= matrix.columns() ? matrix : matrix.transposed();
    int size = wide.rows();
    Matrix gram = Matrix.zeros(size, size);
    kernels.multiplyTransposed(wide, wide, gram);
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(size, /* computeVectors= */ false, /* isSymmetric= */ true);
    eigen.decompose(new DMatrixRMaj(size, size, true, gram.values()));
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
    }
    return Math.sqrt(largest);
  }
}
