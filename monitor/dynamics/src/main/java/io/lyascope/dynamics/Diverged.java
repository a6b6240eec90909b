package io.lyascope.dynamics;

import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RefusedException.Kind;

/** The error of a network that leaves the range of a double. */
final class Diverged {

  private Diverged() {}

  static RefusedException at(String what, int sequence, int step) {
    return new RefusedException(
        Kind.DIVERGED,
        what.replace(' ', '_'),
        "the %s of sequence %d overflowed at step %d".formatted(what, sequence, step));
  }
}
