package io.lyascope.server.pipeline;

import static io.lyascope.server.pipeline.Arrivals.NOON;
import static io.lyascope.server.pipeline.Arrivals.PROBE;
import static io.lyascope.server.pipeline.Arrivals.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.config.UnreadPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTest {

  private static final Offer KEPT = new Offer.Kept(List.of());
  private static final Offer DUPLICATE = new Offer.Duplicate();
  private static final Offer STALE = new Offer.Stale();

  private final Mailbox newest = new Mailbox(UnreadPolicy.NEWEST);
  private final Mailbox all = new Mailbox(UnreadPolicy.ALL);

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
    Job inProgress = newest.start();

    assertEquals(KEPT, newest.offer(step(20)));
    assertFalse(newest.isReady());

    newest.finish(inProgress.arrival.key());
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
  void sameFileIsADuplicateWhileUnreadWhileMeasuredAndAfterwards() {
    newest.probe(PROBE);
    newest.offer(step(10));
    assertEquals(DUPLICATE, newest.offer(step(10)));
    Job job = newest.start();
    assertEquals(DUPLICATE, newest.offer(step(10)));
    newest.finish(job.arrival.key());
    assertEquals(DUPLICATE, newest.offer(step(10)));
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
    newest.finish(newest.start().arrival.key());

    assertEquals(KEPT, newest.offer(Arrivals.of("a", 0, 10, "corrected", NOON)));
    assertTrue(newest.isReady());
  }

  @Test
  void refusedSnapshotLeavesTheUnreadOneInPlace() {
    newest.offer(step(10));
    assertEquals(KEPT, newest.refuse(step(20).key()));
    newest.probe(PROBE);
    assertEquals(10, newest.start().arrival.snapshot().step());
  }

  @Test
  void refusedSnapshotIsRefusedOnlyOnce() {
    newest.refuse(step(20).key());
    assertEquals(DUPLICATE, newest.refuse(step(20).key()));
    assertEquals(STALE, newest.refuse(step(10).key()));
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
  void keepAllMeasuresEveryStepInTheOrderOfArrival() {
    all.probe(PROBE);
    for (long step : List.of(10L, 30L, 20L)) {
      assertEquals(KEPT, all.offer(step(step)));
    }
    for (long step : List.of(10L, 30L, 20L)) {
      Job job = all.start();
      assertEquals(step, job.arrival.snapshot().step());
      all.finish(job.arrival.key());
    }
    assertEquals(DUPLICATE, all.offer(step(30)));
  }
}
