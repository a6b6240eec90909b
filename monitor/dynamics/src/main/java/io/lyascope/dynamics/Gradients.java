package io.lyascope.dynamics;

import io.lyascope.dynamics.GradientAnalysis.Alignment;
import io.lyascope.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The directions of the gradients of the recurrent weights, to which bases are compared.
 *
 * @param ranks of the gradients
 * @param directions of each block of rows of them that is not zero
 */
record Gradients(MatrixRanks ranks, List<Block> directions) {

  private static final int VECTORS = 5;

  /**
   * One block of rows of a gradient.
   *
   * @param index which of the matrix
   * @param firstRow where its units stand in a tangent vector
   * @param vectors its first left singular vectors
   */
  private record Block(String tensor, int index, int firstRow, double[][] vectors) {

    int units() {
      return vectors[0].length;
    }

    /** The mean |cos| with the units' part of the tangent vector that begins at {@code vector}. */
    double cosine(double[] basis, int vector) {
      double square = 0;
      for (int i = 0; i < units(); i++) {
        double element = basis[vector + firstRow + i];
        square += element * element;
      }
      double sum = 0;
      for (double[] singular : vectors) {
        double product = 0;
        for (int i = 0; i < singular.length; i++) {
          product += singular[i] * basis[vector + firstRow + i];
        }
        sum += Math.abs(product);
      }
      return square > 0 ? sum / (vectors.length * Math.sqrt(square)) : 0;
    }
  }

  /** Those that came with a snapshot; empty if none did. */
  static Optional<Gradients> of(Snapshot snapshot) {
    List<RecurrentWeights.Gradient> sent = RecurrentWeights.gradients(snapshot);
    int units = snapshot.architecture().hiddenSize();
    List<Block> blocks = new ArrayList<>();
    for (RecurrentWeights.Gradient gradient : sent) {
      WeightMatrix matrix = gradient.matrix();
      for (int block = 0; block < matrix.values().numRows / units; block++) {
        double[][] vectors = matrix.leftVectors(block * units, units, VECTORS);
        if (vectors.length > 0) {
          blocks.add(new Block(matrix.tensor(), block, gradient.layer() * units, vectors));
        }
      }
    }
    return MatrixRanks.of(sent.stream().map(RecurrentWeights.Gradient::matrix).toList())
        .map(ranks -> new Gradients(ranks, List.copyOf(blocks)));
  }

  int blocks() {
    return directions.size();
  }

  /** Adds the cosines of an orthonormal basis to sums by block and vector. */
  void addCosines(double[] basis, double[][] sums) {
    for (int block = 0; block < sums.length; block++) {
      for (int j = 0; j < sums[block].length; j++) {
        int vector = j * (basis.length / sums[block].length);
        sums[block][j] += directions.get(block).cosine(basis, vector);
      }
    }
  }

  /**
   * What came out so far.
   *
   * @param order the columns of the exponents
   */
  GradientAnalysis analysis(List<Growth> growths, int[] order) {
    return new GradientAnalysis(
        ranks,
        IntStream.range(0, blocks()).mapToObj(block -> alignment(block, growths, order)).toList());
  }

  private Alignment alignment(int block, List<Growth> growths, int[] order) {
    Block known = directions.get(block);
    double count = growths.stream().mapToInt(Growth::decompositions).sum();
    List<Double> cosines =
        Arrays.stream(order)
            .mapToObj(
                j -> growths.stream().mapToDouble(growth -> growth.cosines(block, j)).sum() / count)
            .toList();
    return new Alignment(
        known.tensor(), known.index(), known.vectors().length, cosines, random(known.units()));
  }

  /**
   * The mean of |cos| between a fixed and a random direction in n dimensions, Gamma(n/2) /
   * (sqrt(pi) Gamma((n+1)/2)), by its recurrence.
   */
  static double random(int n) {
    double mean = n % 2 == 1 ? 1 : 2 / Math.PI;
    for (int k = n % 2 == 1 ? 1 : 2; k < n; k += 2) {
      mean *= k / (k + 1.0);
    }
    return mean;
  }
}
