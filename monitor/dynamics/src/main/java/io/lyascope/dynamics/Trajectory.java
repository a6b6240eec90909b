package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.Optional;

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

  /** What all sequences of a flow share. */
  record Course(
      TangentMap map,
      TangentMap.Propagator propagator,
      Drive drive,
      Protocol protocol,
      Orthonormalizer orthonormalizer,
      Moments moments,
      Checkpoint checkpoint,
      Optional<RateListener> listener) {

    int settled() {
      return protocol.warmup() + protocol.burnIn();
    }

    int end() {
      return settled() + protocol.steps();
    }
  }

  boolean isDone(Course course) {
    return step == course.end();
  }

  int step() {
    return step;
  }

  Growth growth() {
    return growth;
  }

  /**
   * One step.
   *
   * @return whether this is a good place to turn to another sequence
   */
  boolean advance(Course course) {
    int at = course.drive().at(index, step);
    if (step < course.protocol().warmup()) {
      course.propagator().advance(course.drive().rows(), at, state);
      requireFinite(isFinite(state), "state");
      step++;
      return true;
    }
    if (sinceDecomposition == 0) {
      course.checkpoint().save(step, state, basis);
    }
    course.propagator().push(course.drive().rows(), at, state, basis.values);
    requireFinite(isFinite(state), "state");
    step++;
    sinceDecomposition++;
    if (step > course.settled() && step > observed) {
      course.moments().add(state);
      observed = step;
    }
    if (sinceDecomposition < interval && step != course.settled() && step != course.end()) {
      basis.keepInRange();
      return false;
    }
    return orthonormalize(course);
  }

  private boolean orthonormalize(Course course) {
    requireFinite(basis.isFinite(), "tangent basis");
    Orthonormalizer orthonormalizer = course.orthonormalizer();
    orthonormalizer.orthonormalize(basis);
    int done = sinceDecomposition;
    sinceDecomposition = 0;
    if (!cadence.accepts(orthonormalizer, done)) {
      interval = cadence.shorter(orthonormalizer, done);
      step = course.checkpoint().restore(state, basis);
      return false;
    }
    if (step > course.settled()) {
      int counted = growth.steps();
      growth.add(orthonormalizer, basis, done);
      course.listener().ifPresent(listener -> tell(listener, counted, done, course));
    }
    interval = cadence.next(orthonormalizer, done);
    return true;
  }

  private void tell(RateListener listener, int counted, int done, Course course) {
    double[] rates = course.orthonormalizer().logDiagonal.clone();
    for (int i = 0; i < rates.length; i++) {
      rates[i] /= done * course.map().timeStep();
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
