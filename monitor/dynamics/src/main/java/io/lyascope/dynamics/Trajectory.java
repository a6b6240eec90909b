package io.lyascope.dynamics;

/** One sequence on its way through warm-up, burn-in and counted steps. */
final class Trajectory {

  private final int index;
  private final double[] state;
  private final TangentBasis basis;
  private final Cadence cadence;
  private final Growth growth;
  private int step;
  private int interval;
  private int sinceDecomposition;

  /** Where the interval began; absent between two intervals. */
  private Checkpoint begun;

  /** The last step whose state was seen; steps that are done again show nothing new. */
  private int observed;

  Trajectory(int index, double[] state, TangentBasis basis, Cadence cadence, Growth growth) {
    this.index = index;
    this.state = state;
    this.basis = basis;
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
    return basis.values.length;
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

  /** The state at the last orthonormalisation. */
  double[] settledState() {
    return (isOpen() ? begun.state() : state).clone();
  }

  /** The basis that the last orthonormalisation left. */
  double[] settledBasis() {
    return (isOpen() ? begun.basis() : basis.values).clone();
  }

  /** Begins with these. */
  void start(double[] from, double[] orthonormal) {
    System.arraycopy(from, 0, state, 0, state.length);
    basis.set(orthonormal);
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
    tape.numbers(state);
    basis.copy(tape);
    cadence.copy(tape);
    growth.copy(tape);
    if (isOpen()) {
      begun = begun == null ? new Checkpoint(state.length, basis.values.length) : begun;
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
      work.propagator.advance(course.drive().rows(), at, state);
      requireFinite(isFinite(state), "state");
      step++;
      return true;
    }
    if (sinceDecomposition == 0) {
      begun = work.take(basis);
      begun.save(step, state, basis);
    }
    work.propagator.push(course.drive().rows(), at, state, basis.values);
    requireFinite(isFinite(state), "state");
    step++;
    sinceDecomposition++;
    if (step > course.settled() && step > observed) {
      moments.add(state);
      observed = step;
    }
    if (sinceDecomposition < interval && step != course.settled() && step != course.end()) {
      basis.keepInRange();
      return false;
    }
    return orthonormalize(course, work);
  }

  private boolean orthonormalize(Course course, Workspace work) {
    Orthonormalizer orthonormalizer = work.orthonormalizer;
    orthonormalizer.orthonormalize(basis);
    requireFinite(orthonormalizer.wasFinite(), "tangent basis");
    int done = sinceDecomposition;
    sinceDecomposition = 0;
    if (!cadence.accepts(orthonormalizer, done)) {
      interval = cadence.shorter(orthonormalizer, done);
      step = begun.restore(state, basis);
      work.giveBack(begun);
      return false;
    }
    work.giveBack(begun);
    begun = null;
    if (step > course.settled()) {
      int counted = growth.steps();
      double timeStep = course.map().timeStep();
      growth.add(orthonormalizer, basis, done);
      course
          .listener()
          .ifPresent(listener ->
              tell(listener, orthonormalizer.logDiagonal.clone(), counted, done * timeStep));
    }
    interval = cadence.next(orthonormalizer, done);
    return true;
  }

  private void tell(RateListener listener, double[] rates, int counted, double time) {
    for (int i = 0; i < rates.length; i++) {
      rates[i] /= time;
    }
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
