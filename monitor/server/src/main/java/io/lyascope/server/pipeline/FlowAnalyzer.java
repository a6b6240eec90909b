package io.lyascope.server.pipeline;

import io.lyascope.dynamics.FeedForward;
import io.lyascope.dynamics.FeedForwardFlow;
import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.MeasurementDigest;
import io.lyascope.dynamics.Stop;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Measures with the tangent engine, and remembers what a later measurement can use. */
final class FlowAnalyzer implements Analyzer {

  /** Long enough to keep the caches warm, short enough for twenty runs to take turns. */
  private static final Duration SLICE = Duration.ofMillis(50);

  /** Three LSTMs of 512 units with ten sequences each, or thousands of small networks. */
  private static final long WARM_BYTES = 256L << 20;

  private static final int KNOWN_EXPONENTS = 200_000;

  private final Protocol protocol;
  private final WarmStarts starts = new WarmStarts(WARM_BYTES);
  private final KnownMeasurements known = new KnownMeasurements(KNOWN_EXPONENTS);

  /**
   * @param protocol what holds where the probe does not say otherwise
   */
  FlowAnalyzer(Protocol protocol) {
    this.protocol = protocol;
  }

  @Override
  public Measurement begin(Snapshot snapshot, Probe probe) {
    Protocol effective = protocol.with(probe.protocol());
    String measurement = MeasurementDigest.of(snapshot, probe, effective);
    return known
        .of(snapshot.run(), measurement)
        .<Measurement>map(Remembered::new)
        .orElseGet(() ->
            FeedForward.describes(snapshot)
                ? layers(snapshot, probe, effective, measurement)
                : recurrent(snapshot, probe, effective, measurement));
  }

  private Measurement layers(
      Snapshot snapshot, Probe probe, Protocol effective, String measurement) {
    var flow = FeedForwardFlow.begin(snapshot, probe, effective, Set.of());
    return new Layers(
        flow,
        exponents ->
            known.keep(snapshot.run(), measurement, new Known.Layers(exponents, snapshot.step())));
  }

  private Measurement recurrent(
      Snapshot snapshot, Probe probe, Protocol effective, String measurement) {
    TangentFlow reference = TangentFlow.begin(snapshot, probe, effective);
    var history = new History(snapshot, probe, effective, measurement);
    return new RecurrentMeasurement(reference, SLICE, history);
  }

  /** What earlier measurements do for one, and it for later ones. */
  private final class History implements RecurrentMeasurement.Surroundings {

    private final Snapshot snapshot;
    private final Probe probe;
    private final Protocol effective;
    private final String measurement;
    private final String setting;

    History(Snapshot snapshot, Probe probe, Protocol effective, String measurement) {
      this.snapshot = snapshot;
      this.probe = probe;
      this.effective = effective;
      this.measurement = measurement;
      this.setting = MeasurementDigest.withoutWeights(snapshot, probe, effective);
    }

    @Override
    public Optional<TangentFlow> warm() {
      return starts
          .of(snapshot.run(), setting)
          .map(start -> TangentFlow.warm(snapshot, probe, effective, start));
    }

    @Override
    public void ended(TangentFlow reference) {
      starts.keep(snapshot.run(), setting, reference.warmStart());
      var measured = new Known.Spectrum(reference.spectrum(), snapshot.step());
      known.keep(snapshot.run(), measurement, measured);
    }
  }

  /** The same weights have been measured before. */
  private record Remembered(Known known) implements Measurement {

    @Override
    public Progress advance() {
      return Progress.COMPLETE;
    }

    @Override
    public Outcome outcome(double elapsedSeconds, Stop reason) {
      return known.outcome(elapsedSeconds);
    }
  }

  /** A feed-forward network has an exponent for each input instead. */
  private record Layers(FeedForwardFlow flow, Consumer<FiniteTimeExponents> ended)
      implements Measurement {

    @Override
    public Progress advance() {
      return flow.advance(SLICE) ? Progress.COMPLETE : Progress.COUNTING;
    }

    @Override
    public Outcome outcome(double elapsedSeconds, Stop reason) {
      FiniteTimeExponents exponents = flow.exponents();
      if (reason != Stop.UNFINISHED) {
        ended.accept(exponents);
      }
      return new Layered(exponents, elapsedSeconds);
    }
  }
}
