package io.lyascope.server.pipeline;

import static io.lyascope.server.pipeline.Arrivals.NOON;
import static io.lyascope.server.pipeline.Arrivals.PROBE;
import static io.lyascope.server.pipeline.Arrivals.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTest {

  private static final Offer KEPT = new Offer.Kept(List.of());
  private static final Offer JOINED = new Offer.Joined();
  private static final Offer DUPLICATE = new Offer.Duplicate();
  private static final Offer STALE = new Offer.Stale();

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Mailbox newest = new Mailbox(Arrivals.NEWEST_ONLY);
  private final Mailbox patient = new Mailbox(new Patience(Duration.ofSeconds(3), 10, 100));

  @Test
  void newerSnapshotReplacesTheUnreadOne() {
    Arrival first = step(10);
    Arrival second = step(20);

    assertEquals(KEPT, newest.offer(first));
    assertEquals(new Offer.Kept(List.of(first)), newest.offer(second));

    newest.probe(PROBE);
    assertEquals(second, newest.start().arrival);
  }

  @Test
  void newerSnapshotWaitsForTheMeasurementInProgress() {
    newest.probe(PROBE);
    newest.offer(step(10));
    newest.start();

    assertEquals(KEPT, newest.offer(step(20)));
    assertFalse(newest.isReady());

    newest.finish(SECOND);
    assertTrue(newest.isReady());
    assertEquals(20, newest.start().arrival.snapshot().step());
  }

  @Test
  void nothingIsMeasuredBeforeTheProbeIsKnown() {
    newest.offer(step(10));
    assertFalse(newest.isReady());
    newest.probe(PROBE);
    assertTrue(newest.isReady());
  }

  @Test
  void sameFileJoinsTheFirstUntilItsReadingIsStoredAndIsADuplicateAfterwards() {
    newest.probe(PROBE);
    Arrival first = step(10);
    newest.offer(first);
    assertEquals(JOINED, newest.offer(step(10)));
    newest.start();
    assertEquals(JOINED, newest.offer(step(10)));
    newest.finish(SECOND);
    assertEquals(JOINED, newest.offer(step(10)));
    newest.stored(first.key(), Mailbox.Settlement.FINAL);
    assertEquals(DUPLICATE, newest.offer(step(10)));
  }

  @Test
  void supersededSnapshotIsOwedNothingAndStaleWhenItComesAgain() {
    newest.offer(step(10));
    newest.offer(step(20));
    assertEquals(STALE, newest.offer(step(10)));
  }

  @Test
  void earlierStepOfTheSameAttemptIsStale() {
    newest.offer(step(20));
    assertEquals(STALE, newest.offer(step(10)));
  }

  @Test
  void newAttemptStartsOverAndTheOldOneIsStale() {
    Arrival before = step(20);
    newest.offer(before);

    Offer answer = newest.offer(Arrivals.of("a", 1, 0, "restarted", NOON));
    assertEquals(new Offer.Kept(List.of(before)), answer);
    assertEquals(STALE, newest.offer(step(30)));
  }

  @Test
  void otherBytesForTheNewestStepAreMeasuredToo() {
    newest.probe(PROBE);
    newest.offer(step(10));
    newest.start();
    newest.finish(SECOND);

    assertEquals(KEPT, newest.offer(Arrivals.of("a", 0, 10, "corrected", NOON)));
    assertTrue(newest.isReady());
  }

  @Test
  void refusedSnapshotLeavesTheUnreadOneInPlace() {
    newest.offer(step(10));
    assertEquals(KEPT, newest.refuse(step(20).claims()));
    newest.probe(PROBE);
    assertEquals(10, newest.start().arrival.snapshot().step());
  }

  @Test
  void refusedSnapshotIsRefusedOnlyOnce() {
    newest.refuse(step(20).claims());
    assertEquals(JOINED, newest.refuse(step(20).claims()));
    newest.stored(step(20).key(), Mailbox.Settlement.FINAL);
    assertEquals(DUPLICATE, newest.refuse(step(20).claims()));
    assertEquals(STALE, newest.refuse(step(10).claims()));
  }

  @Test
  void snapshotExpiresOnlyAfterItsOwnWait() {
    newest.offer(Arrivals.of("a", 0, 10, "early", NOON));
    newest.offer(Arrivals.of("a", 0, 20, "late", NOON.plusSeconds(29)));

    assertEquals(List.of(), newest.expire(NOON.plusSeconds(1)));
    newest.probe(PROBE);
    assertEquals(20, newest.start().arrival.snapshot().step());
  }

  @Test
  void nothingExpiresOnceTheProbeIsKnown() {
    newest.offer(step(10));
    newest.probe(PROBE);
    assertEquals(List.of(), newest.expire(NOON.plusSeconds(100)));
  }

  @Test
  void snapshotThatExpiredMayBeSentAgainOnceTheProbeIsThere() {
    Arrival arrival = step(10);
    newest.offer(arrival);
    assertEquals(List.of(arrival), newest.expire(NOON.plusSeconds(31)));
    assertEquals(JOINED, newest.offer(step(10)));
    newest.stored(arrival.key(), Mailbox.Settlement.NO_PROBE);
    assertEquals(DUPLICATE, newest.offer(step(10)));

    newest.probe(PROBE);
    assertEquals(KEPT, newest.offer(step(10)));
  }

  @Test
  void restoredReadingMakesItsSnapshotADuplicateAndOlderStepsStale() {
    newest.settle(step(20).key(), Mailbox.Settlement.FINAL);
    assertEquals(DUPLICATE, newest.offer(step(20)));
    assertEquals(STALE, newest.offer(step(10)));
    assertEquals(KEPT, newest.offer(step(30)));
  }

  @Test
  void everySnapshotOfABurstIsMeasuredIfThatTakesNotTooLong() {
    patient.probe(PROBE);
    for (long step : List.of(10L, 20L, 30L, 40L)) {
      assertEquals(KEPT, patient.offer(step(step)));
    }
    for (long step : List.of(10L, 20L, 30L, 40L)) {
      Job job = patient.start();
      assertEquals(step, job.arrival.snapshot().step());
      assertEquals(List.of(), patient.finish(SECOND));
    }
  }

  @Test
  void oldestUnreadSnapshotsAreSupersededOnceMeasuringProvesSlow() {
    patient.probe(PROBE);
    Arrival second = step(20);
    Arrival third = step(30);
    for (Arrival arrival : List.of(step(10), second, third, step(40))) {
      patient.offer(arrival);
    }
    patient.start();
    assertEquals(List.of(second, third), patient.finish(SECOND.multipliedBy(2)));
    assertEquals(40, patient.start().arrival.snapshot().step());
  }

  @Test
  void paceOfAnEarlierLifeCounts() {
    patient.probe(PROBE);
    patient.pace(SECOND.multipliedBy(2));
    Arrival first = step(10);
    patient.offer(first);
    assertEquals(new Offer.Kept(List.of(first)), patient.offer(step(20)));
  }

  @Test
  void nothingButTheNewestIsKeptWithoutAProbe() {
    Arrival first = step(10);
    patient.offer(first);
    assertEquals(new Offer.Kept(List.of(first)), patient.offer(step(20)));
  }
}
