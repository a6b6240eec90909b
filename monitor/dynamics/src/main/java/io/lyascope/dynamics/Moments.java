package io.lyascope.dynamics;

import java.util.Optional;
import java.util.OptionalDouble;

/** The covariances of h and, where units send out something else, of their activity. */
final class Moments {

  private final Covariance hidden;
  private final Optional<Activation> phi;
  private final Covariance activity;
  private final double[] active;

  Moments(TangentMap map) {
    this.hidden = new Covariance(map.hiddenSize());
    this.phi = map.activity();
    this.activity = new Covariance(phi.isPresent() ? map.hiddenSize() : 0);
    this.active = new double[phi.isPresent() ? map.hiddenSize() : 0];
  }

  void add(double[] state) {
    hidden.add(state);
    if (phi.isPresent()) {
      for (int i = 0; i < active.length; i++) {
        active[i] = phi.get().value(state[i]);
      }
      activity.add(active);
    }
  }

  double dimension() {
    return hidden.dimension();
  }

  OptionalDouble activityDimension() {
    return phi.isPresent() ? OptionalDouble.of(activity.dimension()) : OptionalDouble.empty();
  }
}
