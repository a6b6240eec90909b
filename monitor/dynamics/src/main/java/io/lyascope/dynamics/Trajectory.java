package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.Optional;

/** One sequence on its way through warm-up, burn-in and counted steps. */
final class Trajectory {

  private final int index;
  private final double[] state;
  private final TangentBasis basis;
  private final Growth growth;
  private int step;
  private int interval;
  private int sinceDecomposition;

  Trajectory(int index, double[] state, TangentBasis basis, int interval, Growth growth) {
    this.index = index;
    this.state = state;
    this.basis = basis;
    this.interval = interval;
    this.growth = growth;
  }

  /** What all sequences of a flow share. */
  record Course(
      TangentMap map,
      TangentMap.Propagator propagator,
      Drive drive,
      Protocol protocol,
      Cadence cadence,
      Orthonormalizer orthonormalizer,
      Moments moments,
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
      course.propagator().advance(course.drive().inputs(), at, state);
      requireFinite(isFinite(state), "state");
      step++;
      return true;
    }
    course.propagator().push(course.drive().inputs(), at, state, basis.values);
    requireFinite(isFinite(state), "state");
    step++;
    sinceDecomposition++;
    if (step > course.settled()) {
      course.moments().add(state);
    }
    if (sinceDecomposition < interval && step != course.settled() && step != course.end()) {
      basis.keepInRange();
      return false;
    }
    orthonormalize(course);
    return true;
  }

  private void orthonormalize(Course course) {
    requireFinite(basis.isFinite(), "tangent basis");
    Orthonormalizer orthonormalizer = course.orthonormalizer();
    orthonormalizer.orthonormalize(basis);
    if (step > course.settled()) {
      int counted = growth.steps();
      growth.add(orthonormalizer, basis, sinceDecomposition);
      course.listener().ifPresent(listener -> tell(listener, counted, course));
    }
    interval = course.cadence().next(orthonormalizer, sinceDecomposition);
    sinceDecomposition = 0;
  }

  private void tell(RateListener listener, int counted, Course course) {
    double[] rates = course.orthonormalizer().logDiagonal.clone();
    for (int i = 0; i < rates.length; i++) {
      rates[i] /= sinceDecomposition * course.map().timeStep();
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
