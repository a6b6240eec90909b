package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.Optional;

/**
 * The directions of one sequence, one for each exponent, orthonormal between two intervals.
 *
 * <p>They are all pushed forward by the derivative. Or, where all of a space are wanted and the
 * derivative has an inverse that is cheap to apply, the first of them are pushed, and the last,
 * their orthogonal complement, are a {@link PulledBasis}. The parts need fewer operations than the
 * whole, and each stays well conditioned for longer, because neither spans the whole range of
 * rates.
 */
final class Frame {

  /**
   * One direction in so many is pulled: their rates are spread so widely that they are decomposed
   * at nearly every step, which costs the square of their number (measured: RATIONALE.md).
   */
  private static final int PULLED = 4;

  private final int rows;
  private final int columns;
  private TangentBasis pushed;
  private Optional<PulledBasis> pulled;

  private Frame(int rows, int columns, int pushed, Optional<PulledBasis> pulled) {
    this.rows = rows;
    this.columns = columns;
    this.pushed = new TangentBasis(rows, pushed);
    this.pulled = pulled;
  }

  /** Directions that are all pushed. */
  static Frame whole(int rows, int columns) {
    return new Frame(rows, columns, columns, Optional.empty());
  }

  /** All directions of a space, in two parts. */
  static Frame split(int rows, Protocol protocol) {
    int pulled = Math.ceilDiv(rows, PULLED);
    Cadence cadence = Cadence.within(protocol, rows, pulled);
    Optional<PulledBasis> last =
        Optional.of(new PulledBasis(rows, pulled, cadence, protocol.steps()));
    return new Frame(rows, rows, rows - pulled, last);
  }

  /** Pushes all directions from here on, which are orthonormal now. */
  void join() {
    double[] ordered = ordered();
    pushed = new TangentBasis(rows, columns);
    pulled = Optional.empty();
    set(ordered);
  }

  /** The vectors of the first exponents, or of all. */
  TangentBasis pushed() {
    return pushed;
  }

  /** The vectors of the last exponents, if they are not pushed as well. */
  Optional<PulledBasis> pulled() {
    return pulled;
  }

  /** How pulling has gone since all vectors were orthonormal. */
  PulledBasis.Outcome outcome() {
    return pulled.isPresent() ? pulled.get().outcome() : PulledBasis.Outcome.GOOD;
  }

  /** Numbers of all vectors. */
  int size() {
    return rows * columns;
  }

  /** Begins with the intervals of another sequence's directions, or pushes all as it does. */
  void follow(Frame other) {
    if (pulled.isPresent() && other.pulled.isPresent()) {
      pulled.get().follow(other.pulled.get());
    } else if (pulled.isPresent()) {
      join();
    }
  }

  /** Takes over orthonormal vectors in the order of the exponents. */
  void set(double[] ordered) {
    pushed.set(ordered);
    pulled.ifPresent(last -> {
      last.begin();
      last.basis().clearExponents();
      for (int j = pushed.columns; j < columns; j++) {
        System.arraycopy(ordered, j * rows, last.basis().values, (columns - 1 - j) * rows, rows);
      }
    });
  }

  /** Hands out orthonormal vectors in the order of the exponents. */
  void copyTo(double[] ordered) {
    System.arraycopy(pushed.values, 0, ordered, 0, pushed.values.length);
    for (int j = pushed.columns; j < columns; j++) {
      double[] vectors = pulled.orElseThrow().basis().values;
      System.arraycopy(vectors, (columns - 1 - j) * rows, ordered, j * rows, rows);
    }
  }

  /** New memory with all vectors, orthonormal now, in the order of the exponents. */
  double[] ordered() {
    double[] ordered = new double[size()];
    copyTo(ordered);
    return ordered;
  }

  /** Writes or reads all vectors. */
  void copy(Tape tape) {
    boolean split = tape.truth(pulled.isPresent());
    if (split && pulled.isEmpty()) {
      throw Tape.broken("its directions are in two parts, here they cannot be");
    }
    if (pulled.isPresent() && !split) {
      join();
    }
    pushed.copy(tape);
    pulled.ifPresent(last -> last.copy(tape));
  }
}
