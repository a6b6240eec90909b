package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {

  private static final int SIZE = 3;
  private static final double GAIN = 1.5;
  private static final int REPETITIONS = 400;

  /** Newman (1986) at N = 3: psi(3/2), psi(1) and psi(1/2) in closed form. */
  private static final double[] EXPONENTS = newman();

  private static double[] newman() {
    double euler = 0.5772156649015329;
    double shift = Math.log(2 * GAIN * GAIN / SIZE);
    return new double[] {
      (2 - euler - 2 * Math.log(2) + shift) / 2,
      (-euler + shift) / 2,
      (-euler - 2 * Math.log(2) + shift) / 2
    };
  }

  /**
   * Products of random matrices, whose steps are independent, so that only the method is tested and
   * not the length of the blocks. Of 400 intervals 380 hold the truth on average, with a standard
   * deviation of 4.4.
   */
  @ParameterizedTest
  @CsvSource({"1,300", "4,100", "12,40"})
  void nineteenOfTwentyIntervalsHoldTheTruth(int sequences, int steps) {
    Random random = new Random(20 + sequences);
    List<Intervals> all = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      all.add(measure(gaussians(random), sequences, steps).intervals().orElseThrow());
    }
    for (int i = 0; i < SIZE; i++) {
      int column = i;
      assertCovers(0.91, 0.985, all, each -> each.exponents().get(column), EXPONENTS[i]);
    }
    assertCovers(0.91, 0.985, all, Intervals::max, EXPONENTS[0]);
    assertCovers(0.91, 0.985, all, Intervals::min, EXPONENTS[2]);
    double entropy = Math.max(0, EXPONENTS[0]) + Math.max(0, EXPONENTS[1]);
    assertCovers(0.91, 0.985, all, Intervals::entropyRate, entropy);
    double dimension = 2 + (EXPONENTS[0] + EXPONENTS[1]) / -EXPONENTS[2];
    assertCovers(0.91, 0.985, all, each -> each.kaplanYorkeDimension().orElseThrow(), dimension);
  }

  private static void assertCovers(
      double least,
      double most,
      List<Intervals> all,
      Function<Intervals, Interval> which,
      double truth) {
    double share =
        all.stream().map(which).filter(each -> each.contains(truth)).count() / (double) all.size();
    assertTrue(least <= share && share <= most, "share that holds " + truth + ": " + share);
  }

  @Test
  void overManySequencesAnExponentsIntervalIsStudentsOfItsStandardError() {
    LyapunovSpectrum spectrum = measure(gaussians(new Random(1)), 11, 20);
    for (int i = 0; i < SIZE; i++) {
      double error = spectrum.standardError().orElseThrow().get(i);
      Interval interval = spectrum.intervals().orElseThrow().exponents().get(i);
      assertEquals(2 * 2.228 * error, interval.width(), 1e-12);
      assertEquals(2 * spectrum.exponents().get(i), interval.low() + interval.high(), 1e-12);
    }
  }

  @Test
  void aMapWithoutChanceHasIntervalsWithoutWidth() {
    TestMap map = new TestMap(2, state -> state, _ -> new double[][] {{2, 0}, {0, 0.25}});
    Intervals intervals = measure(map, 1, 40).intervals().orElseThrow();
    assertEquals(0, intervals.max().width(), 1e-12);
    assertEquals(Math.log(2), intervals.entropyRate().high(), 1e-12);
    assertEquals(1.5, intervals.kaplanYorkeDimension().orElseThrow().low(), 1e-12);
  }

  /** The same numbers with one batch left out by hand. */
  @Test
  void blocksOfUnequalLengthWeighAsMuchAsTheyHaveSteps() {
    Batches batches =
        new Batches(new double[] {2}, new double[][] {{1.5}, {3.5}}, new double[] {4, 4.0 / 3});
    double error = Math.sqrt((Math.pow(3.5 - 2, 2) / 3 + Math.pow(1.5 - 2, 2) * 3) / 2);
    assertEquals(2 * 12.706 * error, batches.interval(2, rates -> rates[0]).width(), 1e-12);
  }

  @Test
  void nothingIsKnownOfADeadExponentAndOfTheOthersAll() {
    TestMap map = new TestMap(2, state -> state, _ -> new double[][] {{2, 0}, {0, 0}});
    LyapunovSpectrum spectrum = measure(map, 1, 40);
    Intervals intervals = spectrum.intervals().orElseThrow();
    assertEquals(Interval.UNKNOWN, intervals.min());
    assertEquals(Interval.UNKNOWN, intervals.exponents().get(1));
    assertEquals(0, intervals.exponents().get(0).width(), 1e-12);
    assertTrue(spectrum.converged());
  }

  @Test
  void aSingleStepHasNoIntervalsAndHasNotConverged() {
    TestMap map = new TestMap(1, state -> state, _ -> new double[][] {{2}});
    LyapunovSpectrum spectrum = measure(map, 1, 1);
    assertTrue(spectrum.intervals().isEmpty());
    assertFalse(spectrum.converged());
  }

  /** At zero the entropy rate has a kink and the dimension a jump. */
  @Test
  void anExponentThatMayBePositiveLeavesTheDimensionOpen() {
    Random random = new Random(3);
    TestMap map =
        new TestMap(1, state -> state, _ -> new double[][] {{Math.exp(random.nextGaussian())}});
    Intervals intervals = measure(map, 1, 50).intervals().orElseThrow();
    assertTrue(intervals.max().contains(0), intervals.toString());
    Interval dimension = intervals.kaplanYorkeDimension().orElseThrow();
    assertTrue(dimension.contains(0) && dimension.contains(1), dimension.toString());
    assertTrue(intervals.entropyRate().high() >= intervals.max().high());
  }

  private static TestMap gaussians(Random random) {
    return new TestMap(
        SIZE,
        state -> state,
        _ -> {
          double[][] jacobian = new double[SIZE][SIZE];
          for (double[] row : jacobian) {
            Arrays.setAll(row, _ -> GAIN * random.nextGaussian() / Math.sqrt(SIZE));
          }
          return jacobian;
        });
  }

  private static LyapunovSpectrum measure(TestMap map, int sequences, int steps) {
    Protocol protocol =
        Probes.protocol("{'orthonormalize_every':1,'burn_in':20,'steps':%d}".formatted(steps));
    Probe probe =
        Probes.of(
            Tensor.of("inputs", Dtype.F64, new int[] {sequences, steps + 20, 0}),
            Tensor.of(
                "h0",
                Dtype.F64,
                new int[] {sequences, map.size()},
                new double[sequences * map.size()]));
    return TangentFlow.begin(map, probe, protocol).finish();
  }
}
