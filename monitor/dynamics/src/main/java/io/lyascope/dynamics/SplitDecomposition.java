package io.lyascope.dynamics;

/** The decomposition of a split frame; one object for all frames of a thread. */
final class SplitDecomposition implements Decomposition {

  private Orthonormalizer pushed;
  private PulledBasis pulled;

  /**
   * Turns to these.
   *
   * @param ofPulled with all that it has added up since the last decomposition of the others
   */
  SplitDecomposition of(Orthonormalizer ofPushed, PulledBasis ofPulled) {
    pushed = ofPushed;
    pulled = ofPulled;
    return this;
  }

  @Override
  public Orthonormalizer pushed() {
    return pushed;
  }

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
