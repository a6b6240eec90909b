package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.List;

/**
 * The first sequence of a flow, which goes ahead and tries how long intervals may be; the others
 * begin with what it has found. Not where there are few sequences or the interval is fixed.
 *
 * <p>Guarded by the lanes.
 */
final class Pilot {

  /** With fewer sequences, waiting costs other threads more than short intervals do. */
  private static final int FEWEST = 4;

  private final List<Trajectory> sequences;
  private final Course course;
  private boolean isOut;

  Pilot(List<Trajectory> sequences, Course course) {
    this.sequences = sequences;
    this.course = course;
    this.isOut =
        switch (course.protocol().orthonormalizeEvery()) {
          case Protocol.Interval.Auto() -> sequences.size() >= FEWEST;
          case Protocol.Interval.Every(int _) -> false;
        };
  }

  /** Whether it is the only one that may advance. */
  boolean isOut() {
    return isOut;
  }

  /** Lets the others begin once it has found an interval, or is done or has failed before. */
  void consult() {
    if (isOut && !sequences.getFirst().isSettingOut(course)) {
      isOut = false;
      sequences.stream().skip(1).forEach(other -> other.follow(sequences.getFirst()));
    }
  }

  /** Writes or reads whether the others have begun; what they begin with, they write themselves. */
  void copy(Tape tape) {
    isOut = tape.truth(isOut);
  }
}
