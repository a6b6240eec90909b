package io.lyascope.dynamics;

/** What is measured of a feed-forward network beside the largest exponent of every input. */
public enum FiniteTimeDetail {
  /** The direction of input space that is stretched most: the first right singular vector. */
  DIRECTIONS,
  /** All singular values of the Jacobian, as exponents. */
  SINGULAR_SPECTRUM
}
