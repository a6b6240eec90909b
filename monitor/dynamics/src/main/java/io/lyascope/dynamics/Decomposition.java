package io.lyascope.dynamics;

/**
 * What orthonormalising the directions of a {@link Frame} has found, exponent by exponent. It holds
 * until the thread decomposes again.
 */
sealed interface Decomposition permits Orthonormalizer, SplitDecomposition {

  /** That of the vectors that were pushed. */
  Orthonormalizer pushed();

  /** The growth of direction i since the last one, log R_ii; negative infinity where it is zero. */
  double logDiagonal(int i);

  /** What rounding may have added to {@link #logDiagonal}. */
  double resolution(int i);
}
