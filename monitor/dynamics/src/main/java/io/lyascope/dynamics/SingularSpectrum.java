package io.lyascope.dynamics;

import io.lyascope.dynamics.FeedForward.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * All singular values of a Jacobian, however far apart: from a Gram matrix or from the product
 * itself, those below 1e-8 or 1e-16 of the largest would be noise. The vectors are orthonormalised
 * after every layer and the triangular factors multiplied row by row, each row with a scale of its
 * own; what comes out is a product of a diagonal matrix and one of moderate condition, whose
 * singular values Jacobi's method finds with small relative error (Demmel and Veselic, SIAM J.
 * Matrix Anal. Appl. 13, 1204, 1992).
 */
final class SingularSpectrum {

  private final FeedForward network;
  private final Sweep sweep;
  private final Kernels kernels;

  SingularSpectrum(FeedForward network, Sweep sweep, Kernels kernels) {
    this.network = network;
    this.sweep = sweep;
    this.kernels = kernels;
  }

  /**
   * The exponents (1/L) log sigma_i of one input, descending.
   *
   * @param slopes of every layer, an input a row
   * @param row the input's
   */
  List<Double> of(List<Matrix> slopes, int row) {
    int vectors = Sweep.vectors(network);
    List<Layer> layers = sweep.order(network.hidden());
    List<Matrix> ordered = sweep.orderSlopes(slopes);
    Matrix basis = Matrix.identity(vectors);
    GradedRows product = GradedRows.identity(vectors);
    for (int l = 0; l < layers.size() && basis.rows() > 0; l++) {
      Matrix pushed = sweep.push(layers.get(l), ordered.get(l).rows(row, 1), basis, kernels);
      Factors factors = Factors.of(pushed, kernels);
      product = product.multipliedFromLeft(factors.triangle());
      basis = factors.basis();
    }
    List<Double> exponents = new ArrayList<>();
    if (basis.rows() > 0) {
      for (double log : product.logSingularValues(kernels)) {
        exponents.add(log / layers.size());
      }
    }
    exponents.sort(Comparator.reverseOrder());
    int lost = network.narrowest() - exponents.size();
    exponents.addAll(Collections.nCopies(lost, Double.NEGATIVE_INFINITY));
    return exponents;
  }
}
