package io.lyascope.dynamics;

import java.util.Arrays;

/**
 * The directions of the last exponents, pulled forward by the inverse transpose J^-T of the
 * derivative: from J Q = Q' R follows J^-T Q = Q' R^-T, whose columns from the last to the first
 * are a QR decomposition again, with 1 / R_ii on the diagonal.
 *
 * <p>They are decomposed in intervals of their own, within one of the directions that are pushed,
 * because their rates lie further apart.
 */
final class PulledBasis {

  /** How the intervals so far have gone, within one of those that are pushed. */
  enum Outcome {
    GOOD,
    /** To be done again with shorter intervals. */
    TOO_LONG,
    /** The derivative has no inverse that is precise enough: all directions have to be pushed. */
    NOT_INVERTIBLE
  }

  /** The last direction first. */
  private final TangentBasis basis;

  private final Cadence cadence;

  /** Sums of the logarithms and resolutions, in the order of the basis. */
  private final double[] logs;

  private final double[] resolutions;

  /** Sums over steps of the factor of a single one, 1 / R_ii, likewise. */
  private final double[] stretches;

  /** What single steps may add to a logarithm beyond what {@link Cadence} wants of all. */
  private final double budget;

  private double spent;
  private int interval;
  private int since;

  /** Shorter than any that had to be done again, which costs a whole interval of the others. */
  private int longest = Integer.MAX_VALUE;

  private Outcome outcome = Outcome.GOOD;

  /**
   * @param steps of the measurement, over which what is lost in single ones is spread
   */
  PulledBasis(int rows, int columns, Cadence cadence, int steps) {
    this.basis = new TangentBasis(rows, columns);
    this.cadence = cadence;
    this.interval = cadence.first();
    this.logs = new double[columns];
    this.resolutions = new double[columns];
    this.stretches = new double[columns];
    this.budget = Cadence.RESOLVED / 2 * steps;
  }

  TangentBasis basis() {
    return basis;
  }

  Outcome outcome() {
    return outcome;
  }

  /** The growth of direction i of these, in the order of the exponents. */
  double logDiagonal(int i) {
    return -logs[logs.length - 1 - i];
  }

  /**
   * What rounding has added to {@link #logDiagonal}, and what it would have added if all directions
   * had been decomposed together at each step: an exponent that is lost there is not called
   * resolved here.
   *
   * @param longest of all columns after a step
   * @param steps since all vectors were orthonormal
   */
  double resolution(int i, double longest, int steps) {
    int own = logs.length - 1 - i;
    double ofAll = basis.rows * 0x1p-52 * longest * stretches[own] / steps;
    return resolutions[own] + steps * Math.log1p(ofAll);
  }

  /** Begins with the intervals of another sequence's. */
  void follow(PulledBasis other) {
    cadence.follow(other.cadence);
    interval = other.interval;
    longest = other.longest;
  }

  /** Begins to add up anew. */
  void begin() {
    Arrays.fill(logs, 0);
    Arrays.fill(resolutions, 0);
    Arrays.fill(stretches, 0);
    since = 0;
    outcome = Outcome.GOOD;
  }

  /** Counts a step and decomposes if it is time to. */
  void step(Orthonormalizer orthonormalizer) {
    since++;
    if (since == interval) {
      decompose(orthonormalizer);
    } else {
      basis.keepInRange();
    }
  }

  /** Decomposes if there were any steps since it last was. */
  void settle(Orthonormalizer orthonormalizer) {
    if (since > 0) {
      decompose(orthonormalizer);
    }
  }

  private void decompose(Orthonormalizer orthonormalizer) {
    int done = since;
    since = 0;
    if (outcome != Outcome.GOOD) {
      return;
    }
    orthonormalizer.orthonormalize(basis);
    if (!orthonormalizer.wasFinite() || (done == 1 && !isAffordable(orthonormalizer))) {
      outcome = Outcome.NOT_INVERTIBLE;
    } else if (!cadence.accepts(orthonormalizer, done)) {
      outcome = Outcome.TOO_LONG;
      longest = cadence.shorter(orthonormalizer, done);
      interval = longest;
    } else {
      interval = Math.min(cadence.next(orthonormalizer, done), longest);
      count(orthonormalizer, done);
    }
  }

  private void count(Orthonormalizer orthonormalizer, int done) {
    for (int i = 0; i < logs.length; i++) {
      double log = orthonormalizer.logDiagonal(i);
      logs[i] += log;
      resolutions[i] += orthonormalizer.resolution(i);
      stretches[i] += done * Math.exp(log / done);
    }
  }

  /**
   * Whether a single step has left as much of the directions as the rest of the measurement can
   * make up for.
   */
  private boolean isAffordable(Orthonormalizer orthonormalizer) {
    for (int i = 0; i < logs.length; i++) {
      if (orthonormalizer.lost[i]) {
        return false;
      }
    }
    double resolution = orthonormalizer.largestResolution();
    spent += resolution <= Cadence.RESOLVED ? 0 : resolution;
    return spent <= budget;
  }

  /** Writes or reads everything; nobody stops where the outcome is not good. */
  void copy(Tape tape) {
    basis.copy(tape);
    cadence.copy(tape);
    tape.numbers(logs);
    tape.numbers(resolutions);
    tape.numbers(stretches);
    spent = tape.number(spent);
    interval = tape.integer(interval, 1, Integer.MAX_VALUE);
    since = tape.integer(since, 0, interval);
    longest = tape.integer(longest, 1, Integer.MAX_VALUE);
  }
}
