package io.lyascope.dynamics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The covariances of h and, where units send out something else, of their activity. */
final class Moments {

  private final Covariance hidden;
  private final Optional<Activation> phi;
  private final Covariance activity;
  private final double[] active;

  Moments(TangentMap map) {
    this(map.hiddenSize(), map.activity());
  }

  private Moments(int size, Optional<Activation> phi) {
    int active = phi.isPresent() ? size : 0;
    this.phi = phi;
    this.hidden = new Covariance(size);
    this.activity = new Covariance(active);
    this.active = new double[active];
  }

  /** Those of the states that several have gathered, which stay as they are. */
  static Moments merged(List<Moments> parts) {
    Moments all = new Moments(parts.getFirst().hidden.size(), parts.getFirst().phi);
    parts.forEach(part -> all.hidden.addAll(part.hidden));
    parts.forEach(part -> all.activity.addAll(part.activity));
    return all;
  }

  /** Writes or reads everything. */
  void copy(Tape tape) {
    hidden.copy(tape);
    activity.copy(tape);
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
