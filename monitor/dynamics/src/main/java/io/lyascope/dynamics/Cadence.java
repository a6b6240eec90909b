package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;

/** Decides, for one sequence, how many steps go by between two orthonormalisations. */
sealed interface Cadence {

  /** What rounding may add to a logarithm in an interval that need not be done again. */
  double RESOLVED = 1e-7;

  /**
   * What it is meant to add. Rates change from interval to interval: aiming at half of what may be,
   * every fifth interval of a small network has to be done again, which costs more than an eighth
   * more decompositions (measured: RATIONALE.md).
   */
  double AIMED = 1.5e-8;

  /** What is aimed at where an interval that is done again costs a longer one of other vectors. */
  double AIMED_WITHIN = 2e-9;

  /**
   * What the protocol asks for, for bases of this size.
   *
   * @param timeStep of the map: exponents, and so what rounding may add to them, are per unit time
   */
  static Cadence of(Protocol protocol, int rows, int columns, double timeStep) {
    return of(protocol, rows, columns, timeStep, AIMED);
  }

  /** The same for vectors that are decomposed within the intervals of others. */
  static Cadence within(Protocol protocol, int rows, int columns) {
    return of(protocol, rows, columns, 1, AIMED_WITHIN);
  }

  private static Cadence of(
      Protocol protocol, int rows, int columns, double timeStep, double aimed) {
    return switch (protocol.orthonormalizeEvery()) {
      case Protocol.Interval.Every(int steps) -> new Fixed(steps);
      case Protocol.Interval.Auto() -> {
        double condition = largestCondition(protocol.precision(), rows, aimed);
        yield new Adaptive(Math.log(condition), columns, timeStep);
      }
    };
  }

  /**
   * The bound of the basis' condition number, which multiplies the rounding errors of the products:
   * to some 1e-8 in double, 1e-5 in single precision.
   */
  private static double largestCondition(Protocol.Precision precision, int rows, double aimed) {
    return switch (precision) {
      case DOUBLE -> Math.min(1e8, aimed / (rows * 0x1p-52));
      case MIXED -> 100;
    };
  }

  /** The first interval, when nothing is known yet. */
  int first();

  /**
   * Whether an interval was short enough to keep what can be kept of the exponents.
   *
   * @param decomposition the one that ended it
   * @param last its length in steps
   */
  boolean accepts(Orthonormalizer decomposition, int last);

  /** The next interval, after one that was accepted. */
  int next(Orthonormalizer decomposition, int last);

  /** How long an interval should have been that was not accepted. */
  int shorter(Orthonormalizer decomposition, int last);

  /** Takes over what another sequence's cadence of the same kind remembers. */
  void follow(Cadence other);

  /** Writes or reads what is remembered of earlier intervals. */
  void copy(Tape tape);

  /** The same always. */
  record Fixed(int steps) implements Cadence {

    @Override
    public int first() {
      return steps;
    }

    @Override
    public boolean accepts(Orthonormalizer decomposition, int last) {
      return true;
    }

    @Override
    public int next(Orthonormalizer decomposition, int last) {
      return steps;
    }

    @Override
    public int shorter(Orthonormalizer decomposition, int last) {
      return steps;
    }

    @Override
    public void follow(Cadence other) {
      // nothing is remembered
    }

    @Override
    public void copy(Tape tape) {
      // nothing is remembered
    }
  }

  /**
   * As long as the condition number of the pushed basis stays below a bound, judged by the rates of
   * the last interval, and at most twice the last one. Rates change, so the guess may fail: an
   * interval in which an exponent loses its resolution or a column gets lost is not accepted. A
   * column that was lost before has no rate, and shorter intervals would not give it one.
   */
  final class Adaptive implements Cadence {

    /** A calm network is looked at now and then all the same. */
    private static final int LONGEST = 64;

    private final double logBound;
    private final boolean[] lost;
    private final double timeStep;

    Adaptive(double logBound, int columns, double timeStep) {
      this.logBound = logBound;
      this.lost = new boolean[columns];
      this.timeStep = timeStep;
    }

    @Override
    public int first() {
      return 1;
    }

    @Override
    public boolean accepts(Orthonormalizer decomposition, int last) {
      double most = RESOLVED * Math.min(1, last * timeStep);
      return last == 1 || (!losesMore(decomposition) && decomposition.largestResolution() <= most);
    }

    @Override
    public int next(Orthonormalizer decomposition, int last) {
      System.arraycopy(decomposition.lost, 0, lost, 0, decomposition.columns());
      return Math.clamp(fitting(decomposition, last), 1, Math.min(2 * last, LONGEST));
    }

    /** What was lost says nothing of its rate; else the rates tell how long would have done. */
    @Override
    public int shorter(Orthonormalizer decomposition, int last) {
      int most = losesMore(decomposition) ? (last + 1) / 2 : last - 1;
      return Math.clamp(fitting(decomposition, last), 1, most);
    }

    @Override
    public void follow(Cadence other) {
      if (other instanceof Adaptive adaptive) {
        System.arraycopy(adaptive.lost, 0, lost, 0, lost.length);
      }
    }

    @Override
    public void copy(Tape tape) {
      for (int i = 0; i < lost.length; i++) {
        lost[i] = tape.truth(lost[i]);
      }
    }

    /** Whether a column was lost that was not before. */
    private boolean losesMore(Orthonormalizer decomposition) {
      for (int i = 0; i < decomposition.columns(); i++) {
        if (decomposition.lost[i] && !lost[i]) {
          return true;
        }
      }
      return false;
    }

    private long fitting(Orthonormalizer decomposition, int last) {
      double largest = Double.NEGATIVE_INFINITY;
      double smallest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < decomposition.columns(); i++) {
        if (!decomposition.lost[i]) {
          largest = Math.max(largest, decomposition.logDiagonal[i]);
          smallest = Math.min(smallest, decomposition.logDiagonal[i]);
        }
      }
      return (long) Math.floor(logBound * last / (largest - smallest));
    }
  }
}
