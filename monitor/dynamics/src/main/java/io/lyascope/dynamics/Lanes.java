package io.lyascope.dynamics;

import io.lyascope.snapshot.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All lanes of a flow, handed out to the threads that work on it: first those in the middle of an
 * interval, then the one furthest behind, so that all sequences advance evenly.
 *
 * <p>Once a sequence has failed, the others go on only as far as they might have failed earlier.
 */
final class Lanes {

  private static final int MOST = 16;

  /** For the covariances of all lanes together. */
  private static final long MOMENT_BYTES = 256L << 20;

  private final Lane[] lanes;
  private final Pilot pilot;
  private final int end;
  private boolean abandoned;

  Lanes(List<Lane> lanes, Pilot pilot, int end) {
    this.lanes = lanes.toArray(Lane[]::new);
    this.pilot = pilot;
    this.end = end;
  }

  /** Deals sequences to as many lanes as their number and the size of the network suggest. */
  static Lanes of(List<Trajectory> sequences, Course course) {
    int count = count(sequences.size(), course.map().hiddenSize());
    Pilot pilot = new Pilot(sequences, course);
    List<Lane> lanes = new ArrayList<>();
    for (int lane = 0; lane < count; lane++) {
      List<Trajectory> dealt = new ArrayList<>();
      for (int b = lane; b < sequences.size(); b += count) {
        dealt.add(sequences.get(b));
      }
      lanes.add(new Lane(List.copyOf(dealt), new Moments(course.map()), pilot));
    }
    return new Lanes(lanes, pilot, course.end());
  }

  /** Depends on what is measured only, never on the machine. */
  private static int count(int sequences, int hiddenSize) {
    long each = Double.BYTES * (long) hiddenSize * hiddenSize;
    return Math.clamp(MOMENT_BYTES / each, 1, Math.min(MOST, sequences));
  }

  int count() {
    return lanes.length;
  }

  /** The moments of all lanes, in a fixed order. */
  Moments moments() {
    return Moments.merged(Arrays.stream(lanes).map(Lane::moments).toList());
  }

  /** Writes or reads the moments of all lanes; a state can be gone on from if nothing failed. */
  void copy(Tape tape) {
    for (int lane = 0; lane < lanes.length; lane++) {
      tape.section("lane/" + lane);
      lanes[lane].moments().copy(tape);
    }
    tape.section("pilot");
    pilot.copy(tape);
  }

  void resume() {
    for (Lane lane : lanes) {
      lane.resume();
    }
  }

  boolean hasFailed() {
    return failure().isPresent();
  }

  /**
   * A lane with work that nobody works on; the caller alone may touch it until its release. Waits
   * while the pilot is out with somebody else.
   */
  synchronized Optional<Lane> claim() {
    try {
      while (pilot.isOut() && lanes[0].taken && !abandoned) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    Lane next = pilot.isOut() ? ofPilot() : next();
    if (next == null) {
      return Optional.empty();
    }
    next.taken = true;
    return next.present;
  }

  private Lane ofPilot() {
    return !abandoned && lanes[0].hasWork(end) ? lanes[0] : null;
  }

  private Lane next() {
    Optional<Lane.Failure> failure = failure();
    int limit = failure.isPresent() ? failure.get().step() + 1 : end;
    Lane next = null;
    for (Lane lane : lanes) {
      boolean free = !abandoned && !lane.taken && lane.hasWork(limit);
      if (free && (next == null || isBefore(lane, next))) {
        next = lane;
      }
    }
    return next;
  }

  private static boolean isBefore(Lane lane, Lane other) {
    return lane.isOpen() == other.isOpen() ? lane.step() < other.step() : lane.isOpen();
  }

  synchronized void release(Lane lane) {
    lane.taken = false;
    pilot.consult();
    notifyAll();
  }

  /** Ends the work of all threads, because one of them cannot go on. */
  synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  /** Whether every sequence has done all its steps. */
  synchronized boolean areDone() {
    return failure().isEmpty() && Arrays.stream(lanes).noneMatch(lane -> lane.hasWork(end));
  }

  /** Throws the first failure once no earlier one can be found any more. */
  synchronized void throwFailure() throws RefusedException {
    Optional<Lane.Failure> failure = failure();
    int limit = failure.map(Lane.Failure::step).orElse(end) + 1;
    if (failure.isPresent() && Arrays.stream(lanes).noneMatch(lane -> lane.hasWork(limit))) {
      throw failure.get().reason();
    }
  }

  /** Asked for at every step, therefore without streams. */
  private Optional<Lane.Failure> failure() {
    Optional<Lane.Failure> first = Optional.empty();
    for (Lane lane : lanes) {
      Optional<Lane.Failure> found = lane.taken ? Optional.empty() : lane.failure();
      if (found.isPresent()
          && (first.isEmpty() || Lane.Failure.FIRST.compare(found.get(), first.get()) < 0)) {
        first = found;
      }
    }
    return first;
  }
}
