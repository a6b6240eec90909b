package io.lyascope.dynamics;

import java.util.Arrays;

/** One sequence on its way through warm-up, burn-in and counted steps. */
final class Trajectory {

  /** Intervals after which its length is known well enough for others to begin with. */
  private static final int TRIALS = 3;

  private final int index;
  private final double[] state;
  private final Frame frame;
  private final Cadence cadence;
  private final Growth growth;
  private int step;
  private int interval;
  private int sinceDecomposition;

  /** How many intervals were tried; all, once one is as long as it may be and not only doubled. */
  private int trials;

  /** Where the interval began; absent between two intervals. */
  private Checkpoint begun;

  /** The last step whose state was seen; steps that are done again show nothing new. */
  private int observed;

  Trajectory(int index, double[] state, Frame frame, Cadence cadence, Growth growth) {
    this.index = index;
    this.state = state;
    this.frame = frame;
    this.cadence = cadence;
    this.interval = cadence.first();
    this.growth = growth;
  }

  boolean isDone(Course course) {
    return step == course.end();
  }

  int index() {
    return index;
  }

  int stateSize() {
    return state.length;
  }

  int basisSize() {
    return frame.size();
  }

  int step() {
    return step;
  }

  /** Puts the sequence where no step is left to do, after it has failed. */
  void stop() {
    step = Integer.MAX_VALUE;
  }

  Growth growth() {
    return growth;
  }

  /** Whether the last of the directions are pulled. */
  boolean isSplit() {
    return frame.pulled().isPresent();
  }

  /** The state at the last orthonormalisation. */
  double[] settledState() {
    return (isOpen() ? begun.state() : state).clone();
  }

  /** The basis that the last orthonormalisation left. */
  double[] settledBasis() {
    if (isOpen()) {
      return begun.basis().clone();
    }
    return frame.ordered();
  }

  /** Begins with these. */
  void start(double[] from, double[] orthonormal) {
    System.arraycopy(from, 0, state, 0, state.length);
    frame.set(orthonormal);
  }

  /**
   * Begins with the interval to which another sequence of the network has come, which saves the
   * short ones it began with.
   */
  void follow(Trajectory other) {
    interval = other.interval;
    cadence.follow(other.cadence);
    frame.follow(other.frame);
  }

  /** Whether it still tries how long an interval may be. */
  boolean isSettingOut(Course course) {
    return trials < TRIALS && step < course.end();
  }

  /** Whether the sequence is in the middle of an interval. */
  boolean isOpen() {
    return sinceDecomposition > 0;
  }

  /** Writes or reads everything; an interval that is read had its beginning elsewhere. */
  void copy(Tape tape, Course course) {
    step = tape.integer(step, 0, course.end());
    observed = tape.integer(observed, 0, course.end());
    interval = tape.integer(interval, 1, Integer.MAX_VALUE);
    sinceDecomposition = tape.integer(sinceDecomposition, 0, course.end());
    trials = tape.integer(trials, 0, TRIALS);
    tape.numbers(state);
    frame.copy(tape);
    cadence.copy(tape);
    growth.copy(tape);
    if (isOpen()) {
      begun = begun == null ? new Checkpoint(state.length, frame.size()) : begun;
      begun.copy(tape, course.end());
    }
  }

  /**
   * One step.
   *
   * @return whether this is a good place to turn to another sequence
   */
  boolean advance(Course course, Workspace work, Moments moments) {
    int at = course.drive().at(index, step);
    if (step < course.protocol().warmup()) {
      work.advance(course.drive().rows(), at, state);
      requireFinite(isFinite(state), "state");
      step++;
      return true;
    }
    if (sinceDecomposition == 0 && mayBeDoneAgain()) {
      begun = work.checkpoint(frame);
      begun.save(step, state, frame);
    }
    work.advance(course.drive().rows(), at, state, frame);
    requireFinite(isFinite(state), "state");
    step++;
    sinceDecomposition++;
    if (step > course.settled() && step > observed) {
      moments.add(state);
      observed = step;
    }
    boolean ends =
        sinceDecomposition == interval || step == course.settled() || step == course.end();
    if (!ends && frame.outcome() == PulledBasis.Outcome.GOOD) {
      frame.pushed().keepInRange();
      return false;
    }
    return endInterval(course, work);
  }

  /** A single step of vectors that are all pushed has to do, and ends before anyone looks at it. */
  private boolean mayBeDoneAgain() {
    return interval > 1 || frame.pulled().isPresent();
  }

  /** Counts the interval, or goes back to its beginning to do it again in another way. */
  private boolean endInterval(Course course, Workspace work) {
    int done = sinceDecomposition;
    work.settle(frame);
    switch (frame.outcome()) {
      case NOT_INVERTIBLE -> {
        goBack(work, cadence.first());
        frame.join();
        return false;
      }
      case TOO_LONG -> {
        goBack(work, interval);
        return false;
      }
      case GOOD -> {}
    }
    Decomposition decomposition = work.orthonormalize(frame, done);
    requireFinite(decomposition.pushed().wasFinite(), "tangent basis");
    if (!cadence.accepts(decomposition.pushed(), done)) {
      goBack(work, cadence.shorter(decomposition.pushed(), done));
      return false;
    }
    if (step > course.settled()) {
      int counted = growth.steps();
      growth.add(decomposition, frame, done);
      double time = done * course.map().timeStep();
      if (course.listener().isPresent()) {
        tell(course.listener().get(), decomposition, counted, time);
      }
    }
    frame.pulled().ifPresent(PulledBasis::begin);
    giveBack(work);
    sinceDecomposition = 0;
    interval = cadence.next(decomposition.pushed(), done);
    trials = interval < 2 * done ? TRIALS : Math.min(trials + 1, TRIALS);
    return true;
  }

  private void giveBack(Workspace work) {
    if (begun != null) {
      work.giveBack(begun);
      begun = null;
    }
  }

  private void goBack(Workspace work, int shorter) {
    step = begun.restore(state, frame);
    giveBack(work);
    sinceDecomposition = 0;
    interval = shorter;
  }

  private void tell(RateListener listener, Decomposition decomposition, int counted, double time) {
    double[] rates = new double[growth.columns()];
    Arrays.setAll(rates, i -> decomposition.logDiagonal(i) / time);
    listener.rates(index, counted, rates);
  }

  private void requireFinite(boolean finite, String what) {
    if (!finite) {
      throw Diverged.at(what, index, step);
    }
  }

  private static boolean isFinite(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * 0.0; // NaN as soon as one is not finite
    }
    return sum == 0;
  }
}
