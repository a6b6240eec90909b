package io.lyascope.dynamics;

import java.util.List;

/**
 * The gradients of the recurrent weights that came with a snapshot.
 *
 * @param ranks over how many directions they are spread
 * @param alignments with the tangent vectors, a block of rows of a matrix at a time: the gates of a
 *     stack of gates, else the whole matrix
 */
public record GradientAnalysis(MatrixRanks ranks, List<Alignment> alignments) {

  /**
   * How tangent vectors lie to the left singular vectors of dL/dW, which live where the units are
   * (W maps the old state to the units' pre-activations): Vogt 2023, eq. 4.15.
   *
   * @param tensor the matrix
   * @param block which H rows of it, from 0
   * @param vectors how many singular vectors, the first ones: five, or fewer where the block's rank
   *     is lower
   * @param cosines for every exponent, in their order, the mean of |cos| between its Q vector and
   *     these singular vectors, over orthonormalisations of the counted phase and over sequences.
   *     Of Q only the rows of the layer's h take part, brought to length 1
   * @param random what directions that have nothing to do with each other have on average
   */
  public record Alignment(
      String tensor, int block, int vectors, List<Double> cosines, double random) {}
}
