package io.lyascope.dynamics;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * The inverse transpose of square weights, packed for products with tangent vectors.
 *
 * @param panels applied as W^-T x
 */
record InverseTranspose(Panels panels) {

  /** Rounding is multiplied by the weights' condition number: this leaves an exponent 1e-8. */
  private static final double MOST_CONDITION = 1e8;

  /** Empty if the weights are too close to singular. */
  static Optional<InverseTranspose> of(Matrix weights) {
    int size = weights.rows();
    DMatrixRMaj given = DMatrixRMaj.wrap(size, size, weights.values());
    DMatrixRMaj inverse = new DMatrixRMaj(size, size);
    if (!CommonOps_DDRM.invert(given, inverse)) {
      return Optional.empty();
    }
    double condition = NormOps_DDRM.inducedP1(given) * NormOps_DDRM.inducedP1(inverse);
    if (!(condition <= MOST_CONDITION)) {
      return Optional.empty();
    }
    Matrix solved = new Matrix(inverse.data, 0, size, size, size);
    return Optional.of(new InverseTranspose(Panels.ofRows(solved.transposed(), 1)));
  }
}
