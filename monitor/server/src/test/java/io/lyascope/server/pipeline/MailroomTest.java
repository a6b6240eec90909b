package io.lyascope.server.pipeline;

import static io.lyascope.server.pipeline.Arrivals.NOON;
import static io.lyascope.server.pipeline.Arrivals.PROBE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailroomTest {

  private final Mailroom mailroom = new Mailroom(Arrivals.NEWEST_ONLY, 2, 300);

  @Test
  void runsStartInTheOrderInWhichTheyBecameReady() {
    offer("a", 10);
    offer("b", 10);
    mailroom.probe("b", PROBE);
    mailroom.probe("a", PROBE);

    assertEquals("b", take().run());
    assertEquals("a", take().run());
    assertEquals(Optional.empty(), mailroom.take());
  }

  @Test
  void openMeasurementsTakeTurns() {
    ready("a", "b");
    Job a = take();
    Job b = take();
    mailroom.putBack(a);
    mailroom.putBack(b);

    List<String> turns = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Job job = take();
      turns.add(job.run());
      mailroom.putBack(job);
    }
    assertEquals(List.of("a", "b", "a", "b"), turns);
  }

  @Test
  void newcomerGetsItsFirstSliceBeforeALongMeasurementGoesOn() {
    ready("long");
    mailroom.putBack(take());
    ready("short");
    assertEquals("short", take().run());
  }

  @Test
  void noMoreMeasurementsAreOpenedThanTheLimit() {
    ready("a", "b", "c");
    Job a = take();
    take();
    assertEquals(Optional.empty(), mailroom.take());

    mailroom.finish(a);
    assertEquals("c", take().run());
  }

  @Test
  void nextSnapshotOfARunStartsWhenTheOneBeforeIsFinished() {
    ready("a");
    Job first = take();
    offer("a", 20);
    assertEquals(Optional.empty(), mailroom.take());

    mailroom.finish(first);
    assertEquals(20, take().arrival.snapshot().step());
  }

  @Test
  void workersAreWokenByWhatMakesWork() {
    AtomicInteger calls = new AtomicInteger();
    mailroom.onWork(calls::incrementAndGet);

    ready("a");
    int afterArrival = calls.get();
    assertTrue(afterArrival > 0);
    mailroom.putBack(take());
    assertTrue(calls.get() > afterArrival);
  }

  @Test
  void lengthCountsUnreadAndOpen() {
    ready("a", "b");
    take();
    offer("a", 20);
    assertEquals(3, mailroom.length());
  }

  @Test
  void restoredSnapshotIsNotMeasuredAgain() {
    mailroom.restore("a", Arrivals.step(10).key(), Mailbox.Settlement.FINAL, Optional.empty());
    mailroom.probe("a", PROBE);
    assertEquals(new Offer.Duplicate(), offer("a", 10));
    assertEquals(Optional.empty(), mailroom.take());
  }

  @Test
  void runsThatRestedLongestForgetTheirProbesWhenThereAreTooMany() {
    for (String run : List.of("a", "b", "c")) {
      mailroom.probe(run, PROBE);
    }
    offer("a", 10);
    mailroom.probe("d", PROBE);

    List.of("b", "c", "d").forEach(run -> offer(run, 10));
    assertEquals("a", take().run());
    assertEquals("c", take().run());
    assertEquals(4, mailroom.length());
  }

  private Job take() {
    return mailroom.take().orElseThrow();
  }

  private void ready(String... runs) {
    for (String run : runs) {
      mailroom.probe(run, PROBE);
      offer(run, 10);
    }
  }

  private Offer offer(String run, long step) {
    return mailroom.offer(Arrivals.of(run, 0, step, "digest-" + step, NOON));
  }
}
