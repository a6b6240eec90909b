package io.lyascope.dynamics;

import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import java.util.Set;

/**
 * The field of largest finite-time exponents in a plane of input space, with the directions that
 * are stretched most: the picture of Storm 2024, figure 2. Its ridges are where the network tells
 * classes apart.
 */
public final class FiniteTimeField {

  private FiniteTimeField() {}

  /**
   * Measures a network at every point of a grid.
   *
   * @param plane where the grid lies
   * @return exponents and directions of the grid's points row by row, the first column first
   * @throws RefusedException where the snapshot cannot be measured or the plane is no plane of its
   *     input space
   */
  public static FiniteTimeExponents of(Snapshot snapshot, InputPlane plane, FieldGrid grid) {
    FeedForward network = FeedForward.of(snapshot);
    Matrix inputs = plane.inputs(grid, network);
    return FeedForwardFlow.over(network, inputs, Set.of(FiniteTimeDetail.DIRECTIONS)).finish();
  }
}
