package io.lyascope.server.results;

import io.lyascope.kafka.Cluster;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends readings and predictions to the results topic, keyed by run, in the order in which they
 * are handed over. A broker that is away is waited for; meanwhile nothing blocks but this writer's
 * own thread.
 */
public final class ResultsWriter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ResultsWriter.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(3);

  private final Producer<String, String> producer;
  private final String topic;
  private final ScheduledExecutorService sender =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("lyascope-results").daemon().factory());
  private final AtomicBoolean troubled = new AtomicBoolean();

  /** Connects lazily: the first reading waits for the cluster. */
  public ResultsWriter(Cluster cluster) {
    this(
        new KafkaProducer<>(settings(cluster), new StringSerializer(), new StringSerializer()),
        cluster.topics().results());
  }

  ResultsWriter(Producer<String, String> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  private static Map<String, Object> settings(Cluster cluster) {
    Map<String, Object> settings = new HashMap<>();
    // A batch that expires may or may not have been written, so expiry is put far away: an
    // idempotent producer that keeps trying neither loses nor doubles.
    settings.put("client.id", "lyascope-results");
    settings.put("delivery.timeout.ms", 3_600_000);
    settings.put("request.timeout.ms", 10_000);
    settings.put("reconnect.backoff.max.ms", 1_000);
    settings.put("compression.type", "none");
    settings.putAll(cluster.common());
    settings.putAll(cluster.producer());
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    return settings;
  }

  /**
   * Writes one reading.
   *
   * @return done when the broker has acknowledged it; failed where no broker will ever take it;
   *     neither if the writer is closed before
   */
  public CompletionStage<Void> append(Reading reading) {
    return append(new ProducerRecord<>(topic, reading.run(), reading.toJson()));
  }

  /** Writes one prediction, as {@link #append(Reading)} does a reading. */
  public CompletionStage<Void> append(PredictionDocument prediction) {
    return append(new ProducerRecord<>(topic, prediction.run(), prediction.toJson()));
  }

  private CompletionStage<Void> append(ProducerRecord<String, String> result) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    try {
      sender.execute(() -> send(result, written));
    } catch (RejectedExecutionException e) {
      log.debug("Closed: a result is left to be made again");
    }
    return written;
  }

  private void send(ProducerRecord<String, String> result, CompletableFuture<Void> written) {
    try {
      var _ = producer.send(result, (_, failure) -> sent(result, written, failure));
    } catch (RuntimeException e) {
      failed(result, written, e);
    }
  }

  private void sent(
      ProducerRecord<String, String> result, CompletableFuture<Void> written, Exception failure) {
    if (failure != null) {
      failed(result, written, failure);
      return;
    }
    written.complete(null);
    if (troubled.compareAndSet(true, false)) {
      log.info("Results topic {}: works again", topic);
    }
  }

  private void failed(
      ProducerRecord<String, String> result, CompletableFuture<Void> written, Exception failure) {
    // Whatever else is wrong, a wrong password included, somebody may put right.
    if (failure instanceof RecordTooLargeException) {
      written.completeExceptionally(failure);
      return;
    }
    if (troubled.compareAndSet(false, true)) {
      log.warn("Results topic {}: {}; trying until it works", topic, failure.getMessage());
    }
    try {
      var _ = sender.schedule(() -> send(result, written), RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("Closed: a result is left to be made again");
    }
  }

  /** Waits a few seconds for acknowledgements; what has none by then is measured again later. */
  @Override
  public void close() {
    sender.shutdown();
    try {
      if (!sender.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        sender.shutdownNow();
      }
    } catch (InterruptedException e) {
      sender.shutdownNow();
      Thread.currentThread().interrupt();
    }
    producer.close(CLOSE);
  }
}
