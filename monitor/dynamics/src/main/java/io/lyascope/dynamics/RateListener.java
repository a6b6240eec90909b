package io.lyascope.dynamics;

/**
 * Receives the local growth rates of every counted step: a sequence's in order, one call at a time,
 * on whichever thread did the step.
 */
@FunctionalInterface
public interface RateListener {

  /**
   * One step of one sequence is done.
   *
   * @param sequence from 0
   * @param step counted steps before this one
   * @param rates log R_ii of the step in column order, in the unit of the exponents, which are
   *     their means; valid during the call only
   */
  void rates(int sequence, int step, double[] rates);
}
