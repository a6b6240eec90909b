package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import org.junit.jupiter.api.Test;

class WarmStartTest {

  private static final Snapshot NETWORK =
      Networks.random(Networks.architecture("gru", 2, 12, 1, true), 0.5, 1);

  private static final Probe PROBE = Probes.random(4, 140, 2, 2);

  /** For a linear map the basis of the past is that of the future: nothing has to settle. */
  @Test
  void aBasisThatHasSettledGivesTheExponentsAfterOneStep() {
    double[][] jacobian = {{0.9, 1, 0}, {0, 0.5, 1}, {0, 0, 0.2}};
    TestMap map = new TestMap(3, h -> new double[3], h -> jacobian);
    Probe probe = Probes.autonomous(200, 0, 0, 0);
    TangentFlow past = TangentFlow.begin(map, probe, Probes.protocol("{'burn_in':80,'steps':9}"));
    past.finish();
    Protocol one = Probes.protocol("{'burn_in':0,'steps':1}");
    double cold = error(TangentFlow.begin(map, probe, one).finish());
    TangentFlow warm = TangentFlow.begin(map, probe, one);
    past.warmStart().give(warm.trajectories());
    assertEquals(0, error(warm.finish()), 1e-12);
    assertTrue(cold > 0.1, "from a random basis it is " + cold);
  }

  @Test
  void anEstimateOfFewStepsIsBetterWarmThanCold() {
    Protocol full = Probes.protocol("{'burn_in':20,'steps':120}");
    TangentFlow reference = TangentFlow.begin(NETWORK, PROBE, full);
    LyapunovSpectrum wanted = reference.finish();
    Protocol few = Probes.protocol("{'burn_in':0,'steps':5}");
    LyapunovSpectrum cold = TangentFlow.begin(NETWORK, PROBE, few).finish();
    LyapunovSpectrum warm = TangentFlow.warm(NETWORK, PROBE, few, reference.warmStart()).finish();
    assertTrue(distance(warm, wanted) < 0.5 * distance(cold, wanted));
  }

  @Test
  void theStartIsACopyOfWhatTheOtherFlowLeft() {
    TangentFlow past = TangentFlow.begin(NETWORK, PROBE, Probes.protocol("{'steps':40}"));
    past.advance(100);
    WarmStart early = past.warmStart();
    Protocol few = Probes.protocol("{'burn_in':0,'steps':5}");
    LyapunovSpectrum first = TangentFlow.warm(NETWORK, PROBE, few, early).finish();
    past.finish();
    assertEquals(first, TangentFlow.warm(NETWORK, PROBE, few, early).finish());
    assertNotEquals(first, TangentFlow.warm(NETWORK, PROBE, few, past.warmStart()).finish());
    assertEquals(4 * (12 + 12 * 12) * 8, early.bytes());
  }

  @Test
  void theStartOfAnotherLayoutIsNotTaken() {
    WarmStart start = TangentFlow.begin(NETWORK, PROBE, Protocol.DEFAULT).warmStart();
    Protocol fewer = Probes.protocol("{'exponents':3}");
    assertThrows(
        IllegalArgumentException.class, () -> TangentFlow.warm(NETWORK, PROBE, fewer, start));
    Probe shorter = Probes.random(3, 140, 2, 2);
    assertThrows(
        IllegalArgumentException.class,
        () -> TangentFlow.warm(NETWORK, shorter, Protocol.DEFAULT, start));
  }

  private static double error(LyapunovSpectrum spectrum) {
    double[] wanted = {Math.log(0.9), Math.log(0.5), Math.log(0.2)};
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i] - spectrum.exponents().get(i)));
    }
    return largest;
  }

  private static double distance(LyapunovSpectrum found, LyapunovSpectrum wanted) {
    double sum = 0;
    for (int i = 0; i < wanted.exponents().size(); i++) {
      sum += Math.abs(found.exponents().get(i) - wanted.exponents().get(i));
    }
    return sum;
  }
}
