package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.Optional;

/**
 * What all sequences of a flow share; nothing in it changes, so any number of threads may read it.
 *
 * @param gradients whose directions the bases are compared to
 * @param listener is told every counted step's rates, where somebody wants them
 */
record Course(
    TangentMap map,
    Drive drive,
    Protocol protocol,
    Optional<Gradients> gradients,
    Optional<RateListener> listener) {

  /** The step at which counting begins. */
  int settled() {
    return protocol.warmup() + protocol.burnIn();
  }

  /** The step after the last. */
  int end() {
    return settled() + protocol.steps();
  }
}
