package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowThreadsTest {

  /** More sequences than lanes, and intervals that are done again. */
  private static final Snapshot NETWORK =
      Networks.random(Networks.architecture("gru", 3, 10, 2, true), 3, 1);

  private static final Probe PROBE = Probes.random(19, 60, 3, 2);

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 64})
  void aSpectrumDoesNotDependOnTheNumberOfThreads(int threads) {
    assertEquals(flow().finish(), flow().finish(threads));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1000})
  void aSpectrumDoesNotDependOnTheSizeOfSlicesNorOnWhoLookedAtIt(int steps) {
    TangentFlow flow = flow();
    while (!flow.advance(steps)) {
      if (flow.countedSteps() > 0) {
        assertFalse(flow.spectrum().complete());
      }
    }
    assertEquals(flow().finish(), flow.spectrum());
  }

  @Test
  void slicesOfOneAndOfSeveralThreadsMix() {
    TangentFlow flow = flow();
    for (int threads = 1; !flow.advance(Duration.ofNanos(1), threads); threads = threads % 5 + 1) {
      flow.advance(3);
    }
    assertEquals(flow().finish(), flow.spectrum());
  }

  @Test
  void ratesAreThoseOfOneThread() {
    double[][][] one = rates(1);
    double[][][] four = rates(4);
    assertTrue(Arrays.deepEquals(one, four));
    assertTrue(one[18][39][0] != 0);
  }

  /** Sequences that grow tenfold a step overflow one after the other; two at the same step. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void theSequenceThatOverflowsFirstIsNamedOnAnyNumberOfThreads(int threads) {
    double[] starts = new Random(3).doubles(21, 1, 2).map(x -> Math.pow(10, 10 * x)).toArray();
    starts[12] = 1e25;
    starts[5] = 1e25;
    TangentFlow flow = growing(starts);
    RefusedException refused = assertThrows(RefusedException.class, () -> flow.finish(threads));
    assertEquals(RefusedException.Kind.DIVERGED, refused.kind());
    assertEquals("the state of sequence 5 overflowed at step 283", refused.getMessage());
    assertThrows(RefusedException.class, () -> flow.advance(1), "it stays so");
    assertFalse(flow.isComplete());
  }

  /** The first sequence goes ahead to try intervals, and the others wait for it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aFirstSequenceThatOverflowsAtOnceKeepsNobodyWaiting(int threads) {
    TangentFlow flow = growing(1e307, 1, 2, 3);
    RefusedException refused = assertThrows(RefusedException.class, () -> flow.finish(threads));
    assertEquals("the state of sequence 0 overflowed at step 1", refused.getMessage());
    TangentFlow other = growing(1, 2, 1e307, 3);
    refused = assertThrows(RefusedException.class, () -> other.finish(threads));
    assertEquals("the state of sequence 2 overflowed at step 1", refused.getMessage());
  }

  @Test
  void whatAListenerThrowsEndsTheMeasurement() {
    RateListener listener =
        (sequence, step, rates) -> {
          if (sequence == 7 && step == 20) {
            throw new IllegalStateException("the disk is full");
          }
        };
    TangentFlow flow = TangentFlow.begin(NETWORK, PROBE, Probes.protocol("{}"), listener);
    assertEquals(
        "the disk is full",
        assertThrows(IllegalStateException.class, () -> flow.finish(3)).getMessage());
    assertFalse(flow.isComplete());
  }

  @Test
  void theMomentsOfPartsAreThoseOfTheWhole() {
    Random random = new Random(5);
    List<Covariance> parts = IntStream.range(0, 4).mapToObj(part -> new Covariance(70)).toList();
    Covariance whole = new Covariance(70);
    for (int i = 0; i < 700; i++) {
      double size = Math.scalb(1.0 + i, i % 4 == 2 ? 20 : 0);
      double[] vector =
          IntStream.range(0, 70).mapToDouble(j -> size * (3 + random.nextGaussian())).toArray();
      whole.add(vector);
      parts.get(i % 4).add(vector);
    }
    Covariance merged = new Covariance(70);
    parts.forEach(merged::addAll);
    assertEquals(whole.dimension(), merged.dimension(), 1e-9 * whole.dimension());
    Covariance again = new Covariance(70);
    parts.forEach(again::addAll);
    assertEquals(merged.dimension(), again.dimension(), "merging leaves the parts alone");
  }

  private static TangentFlow flow() {
    return TangentFlow.begin(NETWORK, PROBE, Probes.protocol("{'warmup':3,'burn_in':7}"));
  }

  private static double[][][] rates(int threads) {
    double[][][] told = new double[19][40][];
    TangentFlow.begin(
            NETWORK,
            PROBE,
            Probes.protocol("{}"),
            (sequence, step, rates) -> told[sequence][step] = rates.clone())
        .finish(threads);
    return told;
  }

  private static TangentFlow growing(double... starts) {
    TestMap map = new TestMap(1, h -> new double[] {10 * h[0]}, h -> new double[][] {{10}});
    Probe probe =
        Probes.of(
            Tensor.of("inputs", Dtype.F64, new int[] {starts.length, 500, 0}),
            Tensor.of("h0", Dtype.F64, new int[] {starts.length, 1}, starts));
    return TangentFlow.begin(map, probe, Probes.protocol("{'steps':480}"));
  }
}
