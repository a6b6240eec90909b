package io.lyascope.server.pipeline;

import io.lyascope.dynamics.FeedForward;
import io.lyascope.dynamics.FeedForwardFlow;
import io.lyascope.dynamics.Stop;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import java.time.Duration;
import java.util.Set;

/**
 * Measures with the tangent engine.
 *
 * @param protocol what holds where the probe does not say otherwise
 */
record FlowAnalyzer(Protocol protocol) implements Analyzer {

  /** Long enough to keep the caches warm, short enough for twenty runs to take turns. */
  private static final Duration SLICE = Duration.ofMillis(50);

  @Override
  public Measurement begin(Snapshot snapshot, Probe probe) {
    Protocol effective = protocol.with(probe.protocol());
    return FeedForward.describes(snapshot)
        ? new Layers(FeedForwardFlow.begin(snapshot, probe, effective, Set.of()))
        : new Steps(TangentFlow.begin(snapshot, probe, effective));
  }

  /** Time is what the exponents of a recurrent network are averaged over. */
  private record Steps(TangentFlow flow) implements Measurement {

    @Override
    public Progress advance() {
      if (flow.advance(SLICE)) {
        return Progress.COMPLETE;
      }
      return flow.countedSteps() > 0 ? Progress.COUNTING : Progress.SETTLING;
    }

    @Override
    public Outcome outcome(double elapsedSeconds, Stop reason) {
      return new Measured(flow.spectrum(reason), elapsedSeconds);
    }
  }

  /** A feed-forward network has an exponent for each input instead. */
  private record Layers(FeedForwardFlow flow) implements Measurement {

    @Override
    public Progress advance() {
      return flow.advance(SLICE) ? Progress.COMPLETE : Progress.COUNTING;
    }

    @Override
    public Outcome outcome(double elapsedSeconds, Stop reason) {
      return new Layered(flow.exponents(), elapsedSeconds);
    }
  }
}
