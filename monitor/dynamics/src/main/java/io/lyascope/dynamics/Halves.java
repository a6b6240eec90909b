package io.lyascope.dynamics;

/**
 * The decomposition of a frame in two halves.
 *
 * @param pulled with all that it has added up since the last decomposition of the other half
 */
record Halves(Orthonormalizer pushed, PulledHalf pulled) implements Decomposition {

  @Override
  public double logDiagonal(int i) {
    return i < split() ? pushed.logDiagonal(i) : pulled.logDiagonal(i - split());
  }

  @Override
  public double resolution(int i) {
    return i < split() ? pushed.resolution(i) : pulled.resolution(i - split());
  }

  private int split() {
    return pulled.basis().rows - pulled.basis().columns;
  }
}
