package io.lyascope.dynamics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The memory that a thread needs to take sequences forward, whichever they are. */
final class Workspace {

  private final TangentMap.Propagator propagator;
  private final int stateSize;
  private final Deque<Checkpoint> spare = new ArrayDeque<>();

  /** For the vectors that are pushed and pulled; absent until there are as many of them. */
  private Optional<Orthonormalizer> forPushed = Optional.empty();

  private Optional<Orthonormalizer> forPulled = Optional.empty();

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
      last.step(pulling(last.basis()));
    }
  }

  /** Makes the directions that were pulled orthonormal, as far as they are not. */
  void settle(Frame frame) {
    if (frame.pulled().isPresent()) {
      PulledBasis last = frame.pulled().get();
      last.settle(pulling(last.basis()));
    }
  }

  /** Makes those that were pushed orthonormal again and says how all have grown. */
  Decomposition orthonormalize(Frame frame) {
    forPushed = fitting(forPushed, frame.pushed());
    Orthonormalizer pushed = forPushed.get();
    pushed.orthonormalize(frame.pushed());
    if (frame.pulled().isEmpty()) {
      return pushed;
    }
    return split.of(pushed, frame.pulled().get());
  }

  private Orthonormalizer pulling(TangentBasis basis) {
    forPulled = fitting(forPulled, basis);
    return forPulled.get();
  }

  private static Optional<Orthonormalizer> fitting(
      Optional<Orthonormalizer> present, TangentBasis basis) {
    return present.isPresent() && present.get().fits(basis)
        ? present
        : Optional.of(new Orthonormalizer(basis.rows, basis.columns, new Kernels()));
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
