package io.lyascope.dynamics;

/** The decomposition of a split frame; one object for all frames of a thread. */
final class SplitDecomposition implements Decomposition {

  private Orthonormalizer pushed;
  private PulledBasis pulled;
  private int steps;
  private double longest;

  /**
   * Turns to these.
   *
   * @param ofPulled with all that it has added up since the last decomposition of the others
   * @param since steps since then
   */
  SplitDecomposition of(Orthonormalizer ofPushed, PulledBasis ofPulled, int since) {
    pushed = ofPushed;
    pulled = ofPulled;
    steps = since;
    longest = Math.exp(pushed.logLongest / steps);
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
    return i < split() ? pushed.resolution(i) : pulled.resolution(i - split(), longest, steps);
  }

  private int split() {
    return pulled.basis().rows - pulled.basis().columns;
  }
}
