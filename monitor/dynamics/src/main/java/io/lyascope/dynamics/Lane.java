package io.lyascope.dynamics;

import io.lyascope.snapshot.RefusedException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Some of a flow's sequences, taken forward in turn by one thread at a time. What happens in a lane
 * depends on its own sequences alone, so a measurement does not depend on which thread took which
 * lane when.
 */
final class Lane {

  /** A state or basis that overflowed. */
  record Failure(int step, int sequence, RefusedException reason) {

    /** The one to report: the first in time, whatever the order in which they were found. */
    static final Comparator<Failure> FIRST =
        Comparator.comparingInt(Failure::step).thenComparingInt(Failure::sequence);
  }

  /** An array, because it is gone through at every turn. */
  private final Trajectory[] sequences;

  private final Moments moments;

  /** While it is out, it is this lane's first sequence: other lanes do not work then. */
  private final Pilot pilot;

  /** The sequence in the middle of an interval, if any. */
  private Trajectory current;

  private Failure failure;

  /** Itself, for those that ask at every turn. */
  final Optional<Lane> present = Optional.of(this);

  /** Whether a thread works on it; guarded by the lanes. */
  boolean taken;

  Lane(List<Trajectory> sequences, Moments moments, Pilot pilot) {
    this.pilot = pilot;
    this.sequences = sequences.toArray(Trajectory[]::new);
    this.moments = moments;
  }

  Moments moments() {
    return moments;
  }

  Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether a sequence is in the middle of an interval. */
  boolean isOpen() {
    return current != null;
  }

  /** Where the sequence that is furthest behind stands. */
  int step() {
    return furthestBehind().step();
  }

  /** Takes up the sequence that was in the middle of an interval when the state was written. */
  void resume() {
    current = Arrays.stream(sequences).filter(Trajectory::isOpen).findFirst().orElse(null);
  }

  /** Whether a sequence has not come to {@code limit} yet, nor failed before it. */
  boolean hasWork(int limit) {
    if (current != null && current.step() >= limit) {
      current = null;
    }
    return current != null || step() < limit;
  }

  /**
   * One step of the sequence that works, or else of the one furthest behind.
   *
   * @return whether this is a good place to turn to another lane
   */
  boolean advance(Course course, Workspace work) {
    if (current == null) {
      current = pilot.isOut() ? sequences[0] : furthestBehind();
    }
    boolean turn;
    try {
      turn = current.advance(course, work, moments) || current.isDone(course);
    } catch (RefusedException e) {
      fail(new Failure(current.step(), current.index(), e));
      turn = true;
    }
    if (turn) {
      current = null;
    }
    return turn;
  }

  private void fail(Failure found) {
    current.stop();
    failure = failure == null || Failure.FIRST.compare(found, failure) < 0 ? found : failure;
  }

  private Trajectory furthestBehind() {
    Trajectory behind = sequences[0];
    for (Trajectory sequence : sequences) {
      behind = sequence.step() < behind.step() ? sequence : behind;
    }
    return behind;
  }
}
