package io.lyascope.dynamics;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * What an LSTM's weights contribute to the inverse transpose of its derivative, packed for products
 * with tangent vectors.
 *
 * @param gates the transposed recurrent weights of i, f and g
 * @param output the inverse of the transposed recurrent weights of o
 */
record LstmInverse(Panels gates, Panels output) {

  /** Rounding is multiplied by the weights' condition number: this leaves an exponent 1e-8. */
  private static final double MOST_CONDITION = 1e8;

  private static final int OUTPUT = 3;

  /** Empty if the weights of o are too close to singular. */
  static Optional<LstmInverse> of(Panels recurrent) {
    Matrix output = recurrent.gate(OUTPUT);
    DMatrixRMaj weights = DMatrixRMaj.wrap(output.rows(), output.columns(), output.values());
    DMatrixRMaj inverse = new DMatrixRMaj(output.rows(), output.columns());
    if (!CommonOps_DDRM.invert(weights, inverse)) {
      return Optional.empty();
    }
    double condition = NormOps_DDRM.inducedP1(weights) * NormOps_DDRM.inducedP1(inverse);
    if (!(condition <= MOST_CONDITION)) {
      return Optional.empty();
    }
    int size = output.rows();
    Panels gates = Panels.zeros(size, OUTPUT, size);
    for (int gate = 0; gate < OUTPUT; gate++) {
      gates.packRows(recurrent.gate(gate).transposed(), gate);
    }
    Matrix solved = new Matrix(inverse.data, 0, size, size, size);
    return Optional.of(new LstmInverse(gates, Panels.ofRows(solved.transposed(), 1)));
  }
}
