package io.lyascope.server.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.reading.Reading;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.RefusedException.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultsWriterTest {

  private final MockProducer<String, String> producer =
      new MockProducer<>(false, null, new StringSerializer(), new StringSerializer());
  private final ResultsWriter writer = new ResultsWriter(producer, "results");

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void readingIsWrittenOnceTheBrokerHasAcknowledgedIt() {
    CompletableFuture<Void> written = append(10);
    awaitSent(1);
    assertFalse(written.isDone());
    producer.completeNext();
    written.join();
    assertEquals("a", producer.history().getFirst().key());
    assertEquals(reading(10).toJson(), producer.history().getFirst().value());
  }

  @Test
  void brokerThatIsAwayIsTriedAgain() {
    CompletableFuture<Void> written = append(10);
    awaitSent(1);
    producer.errorNext(new TimeoutException("away"));
    awaitSent(2);
    producer.completeNext();
    written.join();
  }

  @Test
  void readingThatNoBrokerWillTakeFails() {
    CompletableFuture<Void> written = append(10);
    awaitSent(1);
    producer.errorNext(new RecordTooLargeException());
    var failure = assertThrows(CompletionException.class, written::join);
    assertTrue(failure.getCause() instanceof RecordTooLargeException);
  }

  @Test
  void readingAfterTheEndIsNeitherWrittenNorFailed() {
    writer.close();
    assertFalse(append(10).isDone());
    assertEquals(0, producer.history().size());
  }

  private CompletableFuture<Void> append(long step) {
    return writer.append(reading(step)).toCompletableFuture();
  }

  private void awaitSent(int records) {
    while (producer.history().size() < records) {
      Thread.onSpinWait();
    }
  }

  private static Reading reading(long step) {
    return new Reading(
        Reading.Kind.REFERENCE,
        "a",
        0,
        step,
        OptionalDouble.empty(),
        Map.of(),
        "digest",
        "rnn",
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        new Refused(Kind.SHAPE, "weight_ih_l0", "is [1]"));
  }
}
