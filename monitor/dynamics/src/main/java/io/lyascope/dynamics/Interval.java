package io.lyascope.dynamics;

/**
 * A 95 % confidence interval.
 *
 * @param low negative infinity where nothing is known
 * @param high infinity where nothing is known
 */
public record Interval(double low, double high) {

  static final Interval UNKNOWN = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** The values that are no further than {@code half} from the centre. */
  static Interval around(double centre, double half) {
    return Double.isFinite(centre) && Double.isFinite(half)
        ? new Interval(centre - half, centre + half)
        : UNKNOWN;
  }

  public double width() {
    return high - low;
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** The part that is not negative, for quantities that cannot be. */
  Interval notNegative() {
    return new Interval(Math.max(0, low), Math.max(0, high));
  }

  /** The smallest interval that holds this one and a value. */
  Interval including(double value) {
    return new Interval(Math.min(low, value), Math.max(high, value));
  }
}
