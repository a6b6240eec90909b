package io.lyascope.dynamics;

import java.util.ArrayDeque;
import java.util.Deque;

/** The memory that a thread needs to take sequences forward, whichever they are. */
final class Workspace {

  final TangentMap.Propagator propagator;
  final Orthonormalizer orthonormalizer;
  private final int stateSize;
  private final Deque<Checkpoint> spare = new ArrayDeque<>();

  Workspace(TangentMap map, int rows, int columns) {
    this.propagator = map.propagator();
    this.orthonormalizer = new Orthonormalizer(rows, columns, new Kernels());
    this.stateSize = map.stateSize();
    this.spare.add(new Checkpoint(stateSize, rows * columns));
  }

  /** A checkpoint for a sequence that begins an interval. */
  Checkpoint take(TangentBasis basis) {
    return spare.isEmpty() ? new Checkpoint(stateSize, basis.values.length) : spare.pop();
  }

  /** Takes back a checkpoint, which may come from another workspace. */
  void giveBack(Checkpoint checkpoint) {
    spare.push(checkpoint);
  }
}
