package io.lyascope.kafka;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records that are not what their topic holds, as they came, with the reason. Any thread
 * adds; one thread sends, so that nobody else waits for a producer.
 */
final class DeadLetters implements AutoCloseable {
  /** Twice what a default broker takes: the original and more headers. */
  static final int MAX_RECORD_BYTES = 2 << 20;

  static final String REASON = "lyascope-dlt-reason";
  static final String TOPIC = "lyascope-dlt-topic";
  static final String PARTITION = "lyascope-dlt-partition";
  static final String OFFSET = "lyascope-dlt-offset";
  static final String MESSAGE = "lyascope-dlt-message";

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final int LONGEST_MESSAGE = 1000;

  private final Queue<Letter> waiting = new ConcurrentLinkedQueue<>();
  private final Set<DeadLetterReason> seen = EnumSet.noneOf(DeadLetterReason.class);
  private final Trouble trouble = new Trouble("Keeping dead letters");
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final IngestMeter meter;

  DeadLetters(Producer<byte[], byte[]> producer, String topic, IngestMeter meter) {
    this.producer = producer;
    this.topic = topic;
    this.meter = meter;
  }

  private record Letter(ProducerRecord<byte[], byte[]> record, Runnable stored) {}

  /** Counts one dead letter without keeping its records. */
  void count(DeadLetterReason reason, String message) {
    meter.deadLetter(reason);
    boolean first;
    synchronized (seen) {
      first = seen.add(reason);
    }
    if (first) {
      log.warn(
          "Dead letter, reason {}: {}. Others with this reason are only counted",
          reason.label(),
          message);
    } else {
      log.debug("Dead letter, reason {}: {}", reason.label(), message);
    }
  }

  /**
   * Counts one dead letter and keeps all its records.
   *
   * @param stored called when the last one is safe, by any thread
   */
  void add(
      DeadLetterReason reason,
      String message,
      List<ConsumerRecord<byte[], byte[]>> records,
      Runnable stored) {
    count(reason, message);
    var open = new AtomicInteger(records.size());
    Runnable one =
        () -> {
          if (open.decrementAndGet() == 0) {
            stored.run();
          }
        };
    records.forEach(record -> waiting.add(new Letter(letter(reason, message, record), one)));
  }

  /** Sends what waits, also what failed before, for a few seconds at most. */
  void send() {
    long end = System.nanoTime() + ROUND.toNanos();
    // What fails during this call waits for the next.
    for (int n = waiting.size(); n > 0 && System.nanoTime() < end; n--) {
      send(waiting.remove());
    }
  }

  private void send(Letter letter) {
    try {
      var _ =
          producer.send(
              letter.record(),
              (metadata, failure) -> {
                if (failure == null) {
                  trouble.succeeded();
                  letter.stored().run();
                } else {
                  failed(letter, failure);
                }
              });
    } catch (KafkaException e) {
      failed(letter, e);
    }
  }

  private void failed(Letter letter, Exception failure) {
    if (failure instanceof RetriableException) {
      trouble.failed(failure);
      waiting.add(letter);
    } else {
      // Waiting for a topic that refuses would stop all work for the sake of one bad record.
      log.error("A dead letter could not be kept: {}", failure.toString());
      letter.stored().run();
    }
  }

  private ProducerRecord<byte[], byte[]> letter(
      DeadLetterReason reason, String message, ConsumerRecord<byte[], byte[]> record) {
    var headers = new RecordHeaders(record.headers());
    set(headers, REASON, reason.label());
    set(headers, TOPIC, record.topic());
    set(headers, PARTITION, Integer.toString(record.partition()));
    set(headers, OFFSET, Long.toString(record.offset()));
    set(headers, MESSAGE, message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
    return new ProducerRecord<>(topic, null, record.key(), record.value(), headers);
  }

  private static void set(RecordHeaders headers, String name, String value) {
    headers.remove(name).add(name, Text.encode(value));
  }

  /** Tries to send the rest for a few seconds; what is not kept by then comes again. */
  @Override
  public void close() {
    send();
    producer.close(Duration.ofSeconds(5));
  }
}
