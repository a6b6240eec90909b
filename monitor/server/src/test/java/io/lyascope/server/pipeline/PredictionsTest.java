package io.lyascope.server.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.aelle.Verdict;
import io.lyascope.kafka.DeadLetterReason;
import io.lyascope.kafka.Receipt;
import io.lyascope.kafka.SnapshotFile;
import io.lyascope.server.fact.Fact;
import io.lyascope.server.prediction.Forecast;
import io.lyascope.server.prediction.Forecasts;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.runs.Readings;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RunDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PredictionsTest {

  private final ManualClock clock = new ManualClock();
  private final CountingMeter meter = new CountingMeter();
  private final FakeStore store = new FakeStore();
  private final List<Fact> facts = new ArrayList<>();
  private final List<String> receipts = new ArrayList<>();
  private final Predictions predictions = new Predictions(this::byTask, meter, clock);
  private final Mailroom mailroom = new Mailroom(Arrivals.NEWEST_ONLY, 1, 1000);
  private final Registrar registrar =
      new Registrar(facts::add, mailroom, store, predictions, meter, clock);

  /** Knows the task {@code rows} only. */
  private Optional<Forecast> byTask(Reading reading, Optional<RunDocument> run) {
    if (reading.spectrum().isEmpty()) {
      return Optional.empty();
    }
    String task = run.flatMap(RunDocument::task).orElse("");
    return switch (task) {
      case "rows" -> Optional.of(Forecasts.doomed(0.01));
      case "broken" -> throw new IllegalStateException("a matrix is singular");
      default -> Optional.of(Forecast.none(OptionalDouble.empty(), "unknown task"));
    };
  }

  @Test
  void readingAndPredictionAreBothStoredBeforeTheDeliveryIsDone() {
    predictions.declared(task("rows"));
    registrar.reference(Readings.measured("a", 0, 10, -0.1), file(10));
    assertEquals(1, store.predictions.size());
    assertInstanceOf(Fact.PredictionMade.class, facts.getLast());
    store.acknowledged.complete(null);
    assertEquals(List.of(), receipts);
    store.acknowledgedPrediction.complete(null);
    assertEquals(List.of("done"), receipts);
  }

  @Test
  void failureInPredictionLosesNoReading() {
    predictions.declared(task("broken"));
    registrar.reference(Readings.measured("a", 0, 10, -0.1), file(10));
    store.acknowledged.complete(null);
    store.acknowledgedPrediction.completeExceptionally(new IllegalStateException("too large"));
    assertEquals(1, store.readings.size());
    assertEquals(List.of("done"), receipts);
    assertEquals(1, meter.failedPredictions);
    Verdict verdict = store.predictions.getFirst().forecast().verdict();
    assertInstanceOf(Verdict.NotPredictable.class, verdict);
    assertTrue(verdict.reason().contains("a matrix is singular"), verdict.reason());
  }

  @Test
  void documentThatComesAfterTheReadingChangesItsPrediction() {
    registrar.reference(Readings.measured("a", 0, 10, -0.1), file(10));
    predictions.declared(task("rows"));
    registrar.reconsidered("a");
    assertEquals(
        List.of("not_predictable", "doomed"),
        store.predictions.stream().map(made -> made.forecast().verdict().kind()).toList());
    assertEquals(10, store.predictions.getLast().step());

    registrar.reconsidered("a");
    assertEquals(2, store.predictions.size(), "nothing new, nothing said");
  }

  @Test
  void restoredPredictionIsNotMadeAgain() throws Exception {
    Reading reading = Readings.measured("a", 0, 10, -0.1);
    predictions.restored(reading);
    Forecast same = Forecasts.doomed(0.01);
    predictions.restored(PredictionDocument.parse(Forecasts.document("a", 0, 10, same).toJson()));
    predictions.declared(task("rows"));
    assertEquals(Optional.empty(), registrar.reconsidered("a"));
  }

  @Test
  void restoredReadingWithoutAPredictionGetsOne() {
    predictions.restored(Readings.measured("a", 0, 10, -0.1));
    predictions.declared(task("rows"));
    assertEquals(10, registrar.reconsidered("a").orElseThrow().step());
  }

  @Test
  void newestReadingIsTheOneThatIsLookedAtAgain() {
    registrar.reference(Readings.measured("a", 1, 10, -0.1), file(10));
    registrar.reference(Readings.measured("a", 0, 40, -0.1), file(40));
    predictions.declared(task("rows"));
    PredictionDocument again = registrar.reconsidered("a").orElseThrow();
    assertEquals(1, again.attempt());
    assertEquals(10, again.step());
  }

  private static RunDocument task(String task) {
    try {
      return RunDocument.parse("{\"type\":\"run\",\"run\":\"a\",\"task\":\"%s\"}".formatted(task));
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private Claims file(long step) {
    Receipt receipt =
        new Receipt() {
          @Override
          public void done() {
            receipts.add("done");
          }

          @Override
          public void reject(DeadLetterReason reason, String message) {
            receipts.add("rejected");
          }
        };
    return new Claims(
        new SnapshotFile("a", 0, step, "digest", new byte[0], Arrivals.NOON, receipt));
  }
}
