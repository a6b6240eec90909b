package io.lyascope.dynamics;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Tensor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * A matrix of weights, of their changes or of their gradient.
 *
 * @param tensor the name in the snapshot
 * @param noise singular values up to this one may come from rounding: of its elements as they are
 *     stored, and here
 */
record WeightMatrix(String tensor, DMatrixRMaj values, double noise) {

  /** A tensor of two dimensions, from one of its columns on. */
  static WeightMatrix of(String name, Tensor tensor, int fromColumn) {
    int[] shape = tensor.shape();
    DMatrixRMaj all = DMatrixRMaj.wrap(shape[0], shape[1], tensor.toDoubles());
    DMatrixRMaj values =
        fromColumn == 0 ? all : CommonOps_DDRM.extract(all, 0, shape[0], fromColumn, shape[1]);
    double relative = roundoff(tensor.dtype()) + Math.max(shape[0], shape[1]) * 0x1p-52;
    return new WeightMatrix(name, values, relative * NormOps_DDRM.normF(values));
  }

  /**
   * This minus that. What rounded both shows in the difference: no singular value of a matrix of
   * errors exceeds its Frobenius norm.
   */
  WeightMatrix minus(WeightMatrix before) {
    DMatrixRMaj difference = new DMatrixRMaj(values.numRows, values.numCols);
    CommonOps_DDRM.subtract(values, before.values, difference);
    return new WeightMatrix(tensor, difference, noise + before.noise);
  }

  boolean hasShapeOf(WeightMatrix other) {
    return values.numRows == other.values.numRows && values.numCols == other.values.numCols;
  }

  boolean isFinite() {
    return Arrays.stream(values.data).allMatch(Double::isFinite);
  }

  boolean isZero() {
    return Arrays.stream(values.data).allMatch(value -> value == 0);
  }

  long bytes() {
    return (long) Double.BYTES * values.getNumElements();
  }

  /** All singular values, in any order. */
  double[] singularValues() {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(values.numRows, values.numCols, false, false, true);
    return decomposed(svd, values.copy()).getSingularValues();
  }

  /** The first left singular vectors of a block of rows, one a row, at most as many as its rank. */
  double[][] leftVectors(int fromRow, int rows, int count) {
    DMatrixRMaj block = CommonOps_DDRM.extract(values, fromRow, fromRow + rows, 0, values.numCols);
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        decomposed(
            DecompositionFactory_DDRM.svd(block.numRows, block.numCols, true, false, true), block);
    double[] s = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
    DMatrixRMaj u = svd.getU(null, false);
    SingularOps_DDRM.descendingOrder(u, false, s, s.length, null, false);
    int significant = (int) Arrays.stream(s).filter(value -> value > noise).count();
    double[][] vectors = new double[Math.min(count, significant)][rows];
    for (int i = 0; i < vectors.length; i++) {
      for (int row = 0; row < rows; row++) {
        vectors[i][row] = u.get(row, i);
      }
    }
    return vectors;
  }

  private static SingularValueDecomposition_F64<DMatrixRMaj> decomposed(
      SingularValueDecomposition_F64<DMatrixRMaj> svd, DMatrixRMaj scratch) {
    if (!svd.decompose(scratch)) {
      throw new IllegalStateException("the singular values do not converge");
    }
    return svd;
  }

  /** Half the distance between neighbouring numbers, relative to them. */
  private static double roundoff(Dtype dtype) {
    return switch (dtype) {
      case F64 -> 0x1p-53;
      case F32 -> 0x1p-24;
      case F16 -> 0x1p-11;
      case BF16 -> 0x1p-8;
    };
  }
}
