package io.lyascope.dynamics;

/**
 * A probe's tensor [B, T, width] that drives a network beside its inputs.
 *
 * @param name of the tensor
 * @param width numbers a step
 * @param absent what stands in for a tensor that the probe lacks
 */
record Channel(String name, int width, Absent absent) {

  /** What stands in for noise that was not recorded. */
  sealed interface Absent {

    /** This value always. */
    record Constant(double value) implements Absent {}

    /** Normal deviates drawn from the protocol's seed. */
    record Drawn() implements Absent {}
  }
}
