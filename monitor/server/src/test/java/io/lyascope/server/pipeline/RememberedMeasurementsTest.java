package io.lyascope.server.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.Stop;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.dynamics.WarmStart;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberedMeasurementsTest {

  /** Two sequences of three numbers of state and a basis of nine, 8 bytes each. */
  private static final long BYTES = 2 * (3 + 9) * 8;

  @Test
  void theStartsUsedLongestAgoGoWhenMemoryIsShort() {
    var starts = new WarmStarts(2 * BYTES);
    starts.keep("a", "same", start());
    starts.keep("b", "same", start());
    starts.keep("a", "same", start());
    assertEquals(2 * BYTES, starts.bytes());
    starts.keep("c", "same", start());
    assertEquals(2 * BYTES, starts.bytes());
    assertTrue(starts.of("a", "same").isPresent());
    assertEquals(Optional.empty(), starts.of("b", "same"));
    assertTrue(starts.of("c", "same").isPresent());
  }

  @Test
  void aStartThatIsTooLargeIsNotKeptAndTheOldOneNeither() {
    var starts = new WarmStarts(BYTES - 1);
    starts.keep("a", "same", start());
    assertEquals(Optional.empty(), starts.of("a", "same"));
    assertEquals(0, starts.bytes());
  }

  @Test
  void aStartOfAnotherNetworkProbeOrProtocolIsForgotten() {
    var starts = new WarmStarts(10 * BYTES);
    starts.keep("a", "old", start());
    assertEquals(Optional.empty(), starts.of("a", "new"));
    assertEquals(0, starts.bytes());
    assertEquals(Optional.empty(), starts.of("a", "old"));
  }

  @Test
  void theSpectraUsedLongestAgoGoWhenThereAreTooMany() {
    var known = new KnownMeasurements(2);
    known.keep("a", "1", spectrum(0.1, Stop.COMPLETE, 1));
    known.keep("a", "2", spectrum(0.2, Stop.COMPLETE, 2));
    assertEquals(1, known.of("a", "1").orElseThrow().step());
    known.keep("a", "3", spectrum(0.3, Stop.COMPLETE, 3));
    assertEquals(Optional.empty(), known.of("a", "2"));
    assertEquals(Optional.of(spectrum(0.1, Stop.COMPLETE, 1)), known.of("a", "1"));
    assertEquals(Optional.empty(), known.of("b", "1"), "another run's");
  }

  @Test
  void aSpectrumThatWasCutShortIsNotKept() {
    var known = new KnownMeasurements(2);
    known.keep("a", "1", spectrum(0.1, Stop.DEADLINE, 1));
    assertEquals(Optional.empty(), known.of("a", "1"));
  }

  @Test
  void everyInputOfAFeedForwardNetworkCountsAsAnExponent() {
    var known = new KnownMeasurements(3);
    known.keep("a", "1", spectrum(0.1, Stop.COMPLETE, 1));
    known.keep("b", "1", layers(true, 0.1, 0.2));
    assertTrue(known.of("a", "1").isPresent());
    known.keep("b", "2", layers(true, 0.3, 0.4));
    assertEquals(Optional.empty(), known.of("b", "1"), "unused for longer than the spectrum");
    assertTrue(known.of("a", "1").isPresent());
    known.keep("b", "3", layers(true, 0.1, 0.2, 0.3, 0.4));
    assertEquals(Optional.empty(), known.of("b", "3"), "more than all may have");
    assertEquals(Optional.of(layers(true, 0.3, 0.4)), known.of("b", "2"));
  }

  @Test
  void aFeedForwardNetworkOfWhichInputsAreLeftIsNotKept() {
    var known = new KnownMeasurements(3);
    known.keep("a", "1", layers(false, 0.1, 0.2));
    assertEquals(Optional.empty(), known.of("a", "1"));
  }

  private static Known spectrum(double exponent, Stop stopped, long step) {
    return new Known.Spectrum(Spectra.of(exponent, stopped), step);
  }

  private static Known layers(boolean complete, Double... perInput) {
    var none = Optional.<List<List<Double>>>empty();
    return new Known.Layers(FiniteTimeExponents.of(3, complete, List.of(perInput), none, none), 1);
  }

  private static WarmStart start() {
    Snapshot snapshot = Snapshot.read(TinyNetwork.snapshot("a", 1, 1), Limits.DEFAULT);
    Probe probe = Probe.read(TinyNetwork.probe(), Limits.DEFAULT);
    return TangentFlow.begin(snapshot, probe, Protocol.DEFAULT.with(probe.protocol())).warmStart();
  }
}
