package io.lyascope.server.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.snapshot.ScalarsDocument.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PulseTest {

  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private final Pulse pulse = new Pulse(START);

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  @Test
  void waitsUntilTheFirstSignOfLife() {
    assertEquals(RunState.WAITING, pulse.at(at(599)));
    pulse.sign(0, at(600));
    assertEquals(RunState.RUNNING, pulse.at(at(600)));
  }

  @Test
  void isLostWhenNothingEverComes() {
    assertEquals(RunState.LOST, pulse.at(at(601)));
  }

  @Test
  void isLostAfterAMinuteWithoutHeartbeat() {
    pulse.heartbeat(1, Phase.TRAIN, at(0));
    assertEquals(RunState.RUNNING, pulse.at(at(60)));
    assertEquals(RunState.LOST, pulse.at(at(61)));
  }

  @Test
  void runsAgainWhenALostRunComesBack() {
    pulse.heartbeat(1, Phase.TRAIN, at(0));
    pulse.heartbeat(2, Phase.TRAIN, at(500));
    assertEquals(RunState.RUNNING, pulse.at(at(500)));
  }

  @Test
  void givesARunThatOnlySendsSnapshotsThreeOfItsIntervals() {
    pulse.sign(0, at(0));
    pulse.sign(100, at(300));
    assertEquals(RunState.RUNNING, pulse.at(at(1200)));
    assertEquals(RunState.LOST, pulse.at(at(1201)));
  }

  @Test
  void stallsWhenTenTypicalIntervalsPassWithoutAStep() {
    heartbeatsEachTenSeconds(0, 5);
    for (int s = 60; s <= 150; s += 10) {
      pulse.heartbeat(5, Phase.TRAIN, at(s));
    }
    assertEquals(RunState.RUNNING, pulse.at(at(150)));
    assertEquals(RunState.STALLED, pulse.at(at(151)));
  }

  @Test
  void doesNotStallBeforeHalfAMinuteHoweverFastItsStepsAre() {
    for (int i = 0; i < 20; i++) {
      pulse.heartbeat(i, Phase.TRAIN, START.plusMillis(i));
    }
    pulse.heartbeat(19, Phase.TRAIN, at(30));
    assertEquals(RunState.RUNNING, pulse.at(at(30)));
    assertEquals(RunState.STALLED, pulse.at(at(31)));
  }

  @Test
  void leavesTimeForAnEvaluation() {
    heartbeatsEachTenSeconds(0, 5);
    for (int s = 60; s <= 1200; s += 10) {
      pulse.heartbeat(5, Phase.EVAL, at(s));
    }
    assertEquals(RunState.RUNNING, pulse.at(at(1200)));
    pulse.heartbeat(5, Phase.TRAIN, at(1210));
    assertEquals(RunState.RUNNING, pulse.at(at(1250)));
  }

  @Test
  void endsOnlyWhenTheRunSaysSo() {
    pulse.heartbeat(1, Phase.TRAIN, at(0));
    pulse.declared(Optional.of(RunState.FAILED));
    assertEquals(RunState.FAILED, pulse.at(at(10_000)));
  }

  @Test
  void livesAgainWhenItIsRestarted() {
    pulse.heartbeat(900, Phase.TRAIN, at(0));
    pulse.declared(Optional.of(RunState.STOPPED));
    pulse.restarted();
    pulse.heartbeat(0, Phase.TRAIN, at(100));
    assertEquals(RunState.RUNNING, pulse.at(at(120)));
  }

  @Test
  void doesNotGoBackInTimeWhenSignsComeOutOfOrder() {
    pulse.sign(5, at(100));
    pulse.sign(3, at(50));
    assertEquals(Optional.of(at(100)), pulse.lastSign());
  }

  private void heartbeatsEachTenSeconds(int from, int to) {
    for (int i = from; i <= to; i++) {
      pulse.heartbeat(i, Phase.TRAIN, START.plus(Duration.ofSeconds(10L * i)));
    }
  }
}
