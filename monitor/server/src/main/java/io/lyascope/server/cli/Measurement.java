package io.lyascope.server.cli;

import io.lyascope.dynamics.FeedForwardFlow;
import io.lyascope.dynamics.Stop;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import java.time.Duration;
import java.util.Optional;

/** Runs a flow to its end or to a deadline, on some threads. */
record Measurement(TangentFlow flow, int threads) {

  /**
   * A deadline cuts a measurement short, though not before its first counted step: before that
   * there is nothing to report.
   *
   * @throws io.lyascope.snapshot.RefusedException where the snapshot cannot be measured
   */
  Measured run(long begin, Optional<Duration> deadline) {
    if (deadline.isEmpty()) {
      return new Measured(flow.finish(threads), secondsSince(begin));
    }
    long left = deadline.get().toNanos() - (System.nanoTime() - begin);
    boolean complete = flow.advance(Duration.ofNanos(Math.max(0, left)), threads);
    while (!complete && flow.countedSteps() == 0) {
      complete = flow.advance(1);
    }
    return new Measured(flow.spectrum(Stop.DEADLINE), secondsSince(begin));
  }

  /** The same of a feed-forward network, of which at least one block of inputs is measured. */
  static Layered run(FeedForwardFlow flow, long begin, Optional<Duration> deadline) {
    if (deadline.isEmpty()) {
      return new Layered(flow.finish(), secondsSince(begin));
    }
    flow.advance(deadline.get().minusNanos(System.nanoTime() - begin));
    return new Layered(flow.exponents(), secondsSince(begin));
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
