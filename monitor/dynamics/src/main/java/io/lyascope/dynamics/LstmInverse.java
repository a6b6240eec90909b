package io.lyascope.dynamics;

import java.util.Optional;

/**
 * What an LSTM's weights contribute to the inverse transpose of its derivative, packed for products
 * with tangent vectors.
 *
 * @param gates the transposed recurrent weights of i, f and g
 * @param output the inverse of the transposed recurrent weights of o
 */
record LstmInverse(Panels gates, Panels output) {

  private static final int OUTPUT = 3;

  /** Empty if the weights of o are too close to singular. */
  static Optional<LstmInverse> of(Panels recurrent) {
    return InverseTranspose.of(recurrent.gate(OUTPUT))
        .map(output -> new LstmInverse(transposed(recurrent), output.panels()));
  }

  private static Panels transposed(Panels recurrent) {
    Panels gates = Panels.zeros(recurrent.units(), OUTPUT, recurrent.units());
    for (int gate = 0; gate < OUTPUT; gate++) {
      gates.packRows(recurrent.gate(gate).transposed(), gate);
    }
    return gates;
  }
}
