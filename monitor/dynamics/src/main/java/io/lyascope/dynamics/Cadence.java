package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;

/** Decides how many steps go by between two orthonormalisations. */
sealed interface Cadence {

  /** What the protocol asks for, for bases of this many rows. */
  static Cadence of(Protocol.Interval interval, int rows) {
    return switch (interval) {
      case Protocol.Interval.Every(int steps) -> new Fixed(steps);
      case Protocol.Interval.Auto() ->
          new Adaptive(Math.log(Math.min(1e8, 5e-8 / (rows * 0x1p-52))));
    };
  }

  /** The first interval, when nothing is known yet. */
  int first();

  /**
   * The next interval, from the decomposition that ended the last one.
   *
   * @param last its length in steps
   */
  int next(Orthonormalizer decomposition, int last);

  /** The same always. */
  record Fixed(int steps) implements Cadence {

    @Override
    public int first() {
      return steps;
    }

    @Override
    public int next(Orthonormalizer decomposition, int last) {
      return steps;
    }
  }

  /**
   * As long as the condition number of the pushed basis stays below a bound, judged by the rates of
   * the last interval. A lost column has no rate, and would not get one from shorter intervals. One
   * calm interval is no reason to quadruple the next one, so growth is limited to a doubling.
   */
  record Adaptive(double logBound) implements Cadence {

    @Override
    public int first() {
      return 1;
    }

    @Override
    public int next(Orthonormalizer decomposition, int last) {
      double largest = Double.NEGATIVE_INFINITY;
      double smallest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < decomposition.logDiagonal.length; i++) {
        if (!decomposition.lost[i]) {
          largest = Math.max(largest, decomposition.logDiagonal[i]);
          smallest = Math.min(smallest, decomposition.logDiagonal[i]);
        }
      }
      double spread = (largest - smallest) / last;
      double wanted = Math.floor(logBound / spread);
      return (int) Math.clamp(wanted, 1, 2.0 * last);
    }
  }
}
