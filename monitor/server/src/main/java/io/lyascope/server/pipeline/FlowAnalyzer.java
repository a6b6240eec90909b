package io.lyascope.server.pipeline;

import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import java.time.Duration;

/**
 * Measures with the tangent engine.
 *
 * @param protocol what holds where the probe does not say otherwise
 */
record FlowAnalyzer(Protocol protocol) implements Analyzer {

  @Override
  public Measurement begin(Snapshot snapshot, Probe probe) {
    return new Flow(TangentFlow.begin(snapshot, probe, protocol.with(probe.protocol())));
  }

  private record Flow(TangentFlow flow) implements Measurement {

    /** Long enough to keep the caches warm, short enough for twenty runs to take turns. */
    private static final Duration SLICE = Duration.ofMillis(50);

    @Override
    public Progress advance() {
      if (flow.advance(SLICE)) {
        return Progress.COMPLETE;
      }
      return flow.countedSteps() > 0 ? Progress.COUNTING : Progress.SETTLING;
    }

    @Override
    public LyapunovSpectrum spectrum() {
      return flow.spectrum();
    }
  }
}
