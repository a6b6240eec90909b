package io.lyascope.server.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.fact.Fact;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunBookTest {

  private final TestClock clock = new TestClock();
  private final RunBook book = new RunBook(clock, 3);

  private Run run(String id) {
    return book.find(id).orElseThrow();
  }

  private static List<Long> steps(Run run) {
    return run.readings(0, Long.MAX_VALUE, 100).stream().map(Reading::step).toList();
  }

  @Test
  void knowsARunFromWhateverArrivesFirst() {
    book.accept(Facts.made(Readings.measured("a", 0, 10, 0.1, -0.2)));
    book.accept(Facts.heartbeat("b", 1, 2.5));
    book.accept(Facts.declared("c", "running"));
    assertEquals(List.of("a", "b", "c"), book.runs().stream().map(Run::id).toList());
    assertEquals(RunState.WAITING, run("c").state());
    assertEquals(RunState.RUNNING, run("b").state());
  }

  @Test
  void summarisesARun() {
    book.accept(Facts.declared("a", "running"));
    book.accept(Facts.snapshot("a", 100, clock.instant()));
    book.accept(Facts.heartbeat("a", 120, 1.5));
    book.accept(Facts.made(Readings.measured("a", 0, 100, 0.5, -1.0)));
    Map<String, Object> summary = run("a").summary();
    assertEquals("mnist", ((Optional<?>) summary.get("project")).orElseThrow());
    assertEquals(120L, summary.get("step"));
    assertEquals("running", summary.get("state"));
    assertEquals(1, summary.get("readings"));
    assertTrue(Json.write(summary).contains("\"exponent_max\":0.5,\"exponent_max_error\":0.001"));
    assertTrue(Json.write(summary).contains("\"sparkline\":[[100,0.5]]"));
    assertTrue(Json.write(summary).contains("\"loss_sparkline\":[[100,2.0],[120,1.5]]"));
  }

  @Test
  void getsLostByNothingHappening() {
    book.accept(Facts.heartbeat("a", 1, 2.5));
    clock.advance(Duration.ofSeconds(61));
    book.tick();
    assertEquals(RunState.LOST, run("a").state());
    assertEquals("lost", run("a").events().getLast().kind());
  }

  @Test
  void letsALaterAttemptReplaceWhatItMeasuresAgain() {
    for (long step : new long[] {0, 100, 200, 300}) {
      book.accept(Facts.made(Readings.measured("a", 0, step, 0.1)));
    }
    book.accept(Facts.heartbeat("a", 1, 150, 2));
    book.accept(Facts.made(Readings.measured("a", 1, 200, 0.2)));
    assertEquals(List.of(0L, 100L, 200L), steps(run("a")));
    assertEquals(1, run("a").reading(200).orElseThrow().attempt());
    assertEquals(1, run("a").attempt());
    assertTrue(run("a").events().stream().anyMatch(event -> event.kind().equals("attempt")));
  }

  @Test
  void ignoresWhatAnEarlierAttemptStillSays() {
    book.accept(Facts.declared("a", 1, "running"));
    book.accept(Facts.heartbeat("a", 0, 900, 2));
    book.accept(Facts.declared("a", 0, "finished"));
    assertEquals(-1, run("a").step());
    assertEquals(RunState.WAITING, run("a").state());
  }

  @Test
  void marksWhatCannotBeMeasured() {
    book.accept(Facts.made(Readings.refused("a", 5, RefusedException.Kind.NONFINITE_WEIGHTS)));
    assertEquals("nonfinite", run("a").events().getLast().kind());
    assertTrue(
        Json.write(run("a").summary()).contains("\"error\":{\"kind\":\"nonfinite_weights\""));
  }

  @Test
  void showsALiveReadingUntilItsReferenceIsThere() {
    book.accept(Facts.made(Readings.live("a", 5, 0.3)));
    assertTrue(run("a").live().isPresent());
    assertEquals(0, run("a").readings());
    book.accept(Facts.made(Readings.measured("a", 0, 5, 0.31)));
    assertFalse(run("a").live().isPresent());
  }

  @Test
  void restoresHistoryWithoutTakingItForALivingRun() {
    book.accept(Facts.restored(Readings.measured("a", 0, 5, 0.3)));
    clock.advance(Duration.ofHours(1));
    book.accept(Facts.restored(Readings.measured("a", 0, 6, 0.3)));
    assertEquals(RunState.LOST, run("a").state());
    assertEquals(List.of(5L, 6L), steps(run("a")));
  }

  @Test
  void believesOldHeartbeatsThatTheyAreOld() {
    book.accept(new Fact.MonitorHealth(Fact.KafkaState.RESTORING, clock.instant()));
    for (int step = 0; step < 10; step++) {
      book.accept(Facts.heartbeatAt("a", step, clock.instant().minusSeconds(1000 - 60 * step)));
    }
    assertEquals(RunState.LOST, run("a").state());
    book.accept(new Fact.MonitorHealth(Fact.KafkaState.READY, clock.instant()));
    book.accept(Facts.heartbeat("a", 10, 2));
    assertEquals(RunState.RUNNING, run("a").state());
    // Its typical step took a minute, and not the moment in which the old ones were read.
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofSeconds(50));
      book.accept(Facts.heartbeat("a", 10, 2));
    }
    assertEquals(RunState.RUNNING, run("a").state());
  }

  @Test
  void forgetsTheRunThatEndedLongestAgoWhenThereAreTooMany() {
    List<String> removed = new ArrayList<>();
    book.watch(
        new RunWatcher() {
          @Override
          public void changed(Run run) {}

          @Override
          public void removed(Run run) {
            removed.add(run.id());
          }
        });
    for (String id : List.of("a", "b", "c")) {
      book.accept(Facts.heartbeat(id, 1, 2));
      clock.advance(Duration.ofSeconds(1));
    }
    book.accept(Facts.declared("b", "finished"));
    book.accept(Facts.heartbeat("d", 1, 2));
    assertEquals(List.of("b"), removed);
  }

  @Test
  void forgetsARunOfWhichOnlyTheDeletedDocumentWasKnown() {
    book.accept(Facts.declared("a", "running"));
    book.accept(new Fact.RunRemoved("a"));
    assertTrue(book.runs().isEmpty());
  }
}
