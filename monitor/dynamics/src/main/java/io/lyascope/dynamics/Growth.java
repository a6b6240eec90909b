package io.lyascope.dynamics;

import java.util.Optional;

/** The running sums of one sequence's counted phase. */
final class Growth {

  private static final int BLOCKS = 10;

  private final int columns;

  /** Sums of log R_ii by block of time; their total is the exponent's numerator. */
  private final double[][] blocks;

  private final int[] blockSteps;
  private final int stepsPerBlock;
  private final double[] resolution;
  private double participation;
  private int decompositions;
  private int steps;
  private int longest;

  private final Optional<Gradients> gradients;

  /** Sums of the cosines with each block of the gradients. */
  private final double[][] cosines;

  Growth(int columns, int steps, Optional<Gradients> gradients) {
    this.columns = columns;
    int count = Math.min(BLOCKS, steps);
    this.stepsPerBlock = (steps + count - 1) / count;
    this.blocks = new double[count][columns];
    this.blockSteps = new int[count];
    this.resolution = new double[columns];
    this.gradients = gradients;
    this.cosines = new double[gradients.map(Gradients::blocks).orElse(0)][columns];
  }

  /** Adds an interval of counted steps that a decomposition has just ended. */
  void add(Decomposition decomposition, Frame frame, int interval) {
    int block = Math.min(steps / stepsPerBlock, blocks.length - 1);
    for (int i = 0; i < columns; i++) {
      blocks[block][i] += decomposition.logDiagonal(i);
      resolution[i] += decomposition.resolution(i);
    }
    blockSteps[block] += interval;
    steps += interval;
    longest = Math.max(longest, interval);
    decompositions++;
    participation += participationRatio(frame.pushed());
    if (gradients.isPresent()) {
      gradients.get().addCosines(frame.ordered(), cosines);
    }
  }

  /** Writes or reads all sums. */
  void copy(Tape tape) {
    for (int block = 0; block < blocks.length; block++) {
      tape.numbers(blocks[block]);
      blockSteps[block] = tape.integer(blockSteps[block], 0, Integer.MAX_VALUE);
    }
    tape.numbers(resolution);
    for (double[] sums : cosines) {
      tape.numbers(sums);
    }
    participation = tape.number(participation);
    decompositions = tape.integer(decompositions, 0, Integer.MAX_VALUE);
    steps = tape.integer(steps, 0, Integer.MAX_VALUE);
    longest = tape.integer(longest, 0, Integer.MAX_VALUE);
  }

  int columns() {
    return columns;
  }

  /** Counted steps up to the last decomposition. */
  int steps() {
    return steps;
  }

  /** The longest interval so far. */
  int longest() {
    return longest;
  }

  int decompositions() {
    return decompositions;
  }

  /** The sum over decompositions of the cosines of vector i with a block of the gradients. */
  double cosines(int block, int i) {
    return cosines[block][i];
  }

  /** Growth rate i per step. */
  double rate(int i) {
    double sum = 0;
    for (double[] block : blocks) {
      sum += block[i];
    }
    return sum / steps;
  }

  /** Into how many blocks of time the counted phase is cut. */
  int blocks() {
    return blocks.length;
  }

  /** The sums of log R_ii of a block, by column; the caller leaves them as they are. */
  double[] blockSums(int block) {
    return blocks[block];
  }

  /** The steps that a block has so far. */
  int blockSteps(int block) {
    return blockSteps[block];
  }

  /** What rounding may have added to rate i. */
  double resolution(int i) {
    return resolution[i] / steps;
  }

  /** Mean participation ratio of the leading tangent vector. */
  double participationRatio() {
    return participation / decompositions;
  }

  private static double participationRatio(TangentBasis basis) {
    double sum = 0;
    for (int i = 0; i < basis.rows; i++) {
      double square = basis.get(i, 0) * basis.get(i, 0);
      sum += square * square;
    }
    return 1 / sum;
  }
}
