package io.lyascope.server.metrics;

import io.micrometer.core.instrument.Tags;

/**
 * One value of one series of a run.
 *
 * @param labels all labels but {@code run}
 */
record Sample(RunMetric metric, Tags labels, double value) {

  /** Two samples of the same series have the same key. */
  record Key(RunMetric metric, Tags labels) {}

  static Sample of(RunMetric metric, double value) {
    return new Sample(metric, Tags.empty(), value);
  }

  Key key() {
    return new Key(metric, labels);
  }
}
