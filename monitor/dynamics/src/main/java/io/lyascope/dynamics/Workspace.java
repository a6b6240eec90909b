package io.lyascope.dynamics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The memory that a thread needs to take sequences forward, whichever they are. */
final class Workspace {

  private final TangentMap.Propagator propagator;
  private final int stateSize;
  private final Deque<Checkpoint> spare = new ArrayDeque<>();

  /** One for each size that was met: vectors that are pushed, that are pulled, and all of them. */
  private final List<Orthonormalizer> orthonormalizers = new ArrayList<>();

  private final SplitDecomposition split = new SplitDecomposition();

  Workspace(TangentMap map, int rows, int columns) {
    this.propagator = map.propagator();
    this.stateSize = map.stateSize();
    this.spare.add(new Checkpoint(stateSize, rows * columns));
  }

  /** One step of a state, in place. */
  void advance(double[] inputs, int at, double[] state) {
    propagator.advance(inputs, at, state);
  }

  /** One step of a state and its directions, in place. */
  void advance(double[] inputs, int at, double[] state, Frame frame) {
    propagator.push(inputs, at, state, frame.pushed().values);
    if (frame.pulled().isPresent()) {
      PulledBasis last = frame.pulled().get();
      propagator.pull(last.basis().values);
      last.step(fitting(last.basis()));
    }
  }

  /** Makes the directions that were pulled orthonormal, as far as they are not. */
  void settle(Frame frame) {
    if (frame.pulled().isPresent()) {
      PulledBasis last = frame.pulled().get();
      last.settle(fitting(last.basis()));
    }
  }

  /**
   * Makes those that were pushed orthonormal again and says how all have grown.
   *
   * @param steps since they last were
   */
  Decomposition orthonormalize(Frame frame, int steps) {
    Orthonormalizer pushed = fitting(frame.pushed());
    pushed.orthonormalize(frame.pushed());
    if (frame.pulled().isEmpty()) {
      return pushed;
    }
    return split.of(pushed, frame.pulled().get(), steps);
  }

  private Orthonormalizer fitting(TangentBasis basis) {
    for (Orthonormalizer present : orthonormalizers) {
      if (present.fits(basis)) {
        return present;
      }
    }
    orthonormalizers.add(new Orthonormalizer(basis.rows, basis.columns, new Kernels()));
    return orthonormalizers.getLast();
  }

  /** A checkpoint for a sequence that begins an interval. */
  Checkpoint checkpoint(Frame frame) {
    return spare.isEmpty() ? new Checkpoint(stateSize, frame.size()) : spare.pop();
  }

  /** Takes back a checkpoint, which may come from another workspace. */
  void giveBack(Checkpoint checkpoint) {
    spare.push(checkpoint);
  }
}
