package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.Optional;

/**
 * The directions of one sequence, one for each exponent, orthonormal between two intervals.
 *
 * <p>They are all pushed forward by the derivative. Or, where all of a space are wanted and the
 * derivative has an inverse that is cheap to apply, the first half of them is pushed, and the rest,
 * its orthogonal complement, is a {@link PulledHalf}. Two halves need half the operations of the
 * whole, and each stays well conditioned for longer, because neither spans the whole range of
 * rates.
 */
final class Frame {

  private final int rows;
  private final int columns;
  private TangentBasis pushed;
  private Optional<PulledHalf> pulled;

  private Frame(int rows, int columns, int pushed, Optional<PulledHalf> pulled) {
    this.rows = rows;
    this.columns = columns;
    this.pushed = new TangentBasis(rows, pushed);
    this.pulled = pulled;
  }

  /** Directions that are all pushed. */
  static Frame whole(int rows, int columns) {
    return new Frame(rows, columns, columns, Optional.empty());
  }

  /** All directions of a space, in two halves. */
  static Frame halved(int rows, Protocol protocol) {
    int half = half(rows);
    Cadence cadence = Cadence.of(protocol, rows, rows - half);
    return new Frame(rows, rows, half, Optional.of(new PulledHalf(rows, rows - half, cadence)));
  }

  /** How many of all directions are pushed. */
  static int half(int rows) {
    return rows / 2;
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
  Optional<PulledHalf> pulled() {
    return pulled;
  }

  /** How pulling has gone since all vectors were orthonormal. */
  PulledHalf.Outcome outcome() {
    return pulled.isPresent() ? pulled.get().outcome() : PulledHalf.Outcome.GOOD;
  }

  /** Numbers of all vectors. */
  int size() {
    return rows * columns;
  }

  /** Takes over orthonormal vectors in the order of the exponents. */
  void set(double[] ordered) {
    pushed.set(ordered);
    pulled.ifPresent(half -> {
      half.begin();
      half.basis().clearExponents();
      for (int j = pushed.columns; j < columns; j++) {
        System.arraycopy(ordered, j * rows, half.basis().values, (columns - 1 - j) * rows, rows);
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
    boolean halved = tape.truth(pulled.isPresent());
    if (halved && pulled.isEmpty()) {
      throw Tape.broken("its directions are in two halves, here they cannot be");
    }
    if (pulled.isPresent() && !halved) {
      join();
    }
    pushed.copy(tape);
    pulled.ifPresent(half -> half.copy(tape));
  }
}
