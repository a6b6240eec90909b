package io.lyascope.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads whole topics from their beginning, outside of any group, and goes on with what is appended.
 * For what is state: each reader sees everything, at each start. Survives a cluster that is away.
 */
public final class TopicReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;
  private final List<Source> sources;
  private final Handler handler;
  private final Trouble trouble;
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<TopicPartition> known = new HashSet<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private Instant looked = Instant.MIN;
  private final Thread thread;

  /**
   * Where to begin.
   *
   * @param history how far back by the records' time; empty for the beginning
   */
  public record Source(String topic, Optional<Duration> history) {
    /** Everything that the topic still holds. */
    public static Source whole(String topic) {
      return new Source(topic, Optional.empty());
    }

    /** What is younger than this. */
    public static Source recent(String topic, Duration history) {
      return new Source(topic, Optional.of(history));
    }
  }

  /** Receives the records, on the reader's own thread. */
  @FunctionalInterface
  public interface Handler {
    /** A record, in the order of its partition. */
    void record(ConsumerRecord<byte[], byte[]> record);

    /** Called once, when everything has been handled that was there at the start. */
    default void caughtUp() {}
  }

  private TopicReader(
      String name, Consumer<byte[], byte[]> consumer, List<Source> sources, Handler handler) {
    this.consumer = consumer;
    this.sources = sources;
    this.handler = handler;
    this.trouble = new Trouble("Reading " + sources.stream().map(Source::topic).toList());
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  /**
   * Starts reading.
   *
   * @param name of the thread and the client
   */
  public static TopicReader start(
      Cluster cluster, String name, List<Source> sources, Handler handler) {
    var consumer = new KafkaConsumer<byte[], byte[]>(cluster.readerSettings(name));
    var reader = new TopicReader(name, consumer, List.copyOf(sources), handler);
    reader.thread.start();
    return reader;
  }

  /** Completes when everything has been handled that was there at the start. */
  public CompletableFuture<Void> caughtUp() {
    return caughtUp.copy();
  }

  /** Whether the reader's thread still runs; it ends only by {@link #close()} or a fatal error. */
  public boolean alive() {
    return thread.isAlive();
  }

  /** Ends the reading and waits for it. */
  @Override
  public void close() {
    stopped.countDown();
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (stopped.getCount() > 0) {
        try {
          turn();
          trouble.succeeded();
        } catch (WakeupException e) {
          // Closing; the loop's condition says so.
        } catch (KafkaException e) {
          trouble.failed(e);
          if (stopped.await(1, TimeUnit.SECONDS)) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      caughtUp.cancel(false);
      consumer.close(Cluster.CLOSE);
    }
  }

  private void turn() {
    if (looked.plus(LOOK_FOR_PARTITIONS).isBefore(Instant.now())) {
      assign();
      looked = Instant.now();
    }
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      handle(record);
    }
    if (!caughtUp.isDone()) {
      ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      if (ends.isEmpty()) {
        handler.caughtUp();
        caughtUp.complete(null);
      }
    }
  }

  private void handle(ConsumerRecord<byte[], byte[]> record) {
    try {
      handler.record(record);
    } catch (RuntimeException e) {
      log.error("The receiver failed on {}@{}", Records.partition(record), record.offset(), e);
    }
  }

  /** Takes partitions that are new to us; at the first time all of them. */
  private void assign() {
    Map<TopicPartition, Source> fresh = new HashMap<>();
    for (Source source : sources) {
      List<PartitionInfo> partitions = consumer.partitionsFor(source.topic());
      if (partitions.isEmpty()) {
        throw new UnknownTopicOrPartitionException("topic " + source.topic() + " does not exist");
      }
      partitions.stream()
          .map(info -> new TopicPartition(info.topic(), info.partition()))
          .filter(partition -> !known.contains(partition))
          .forEach(partition -> fresh.put(partition, source));
    }
    if (fresh.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(fresh.keySet());
    starts.putAll(recent(fresh));
    Map<TopicPartition, Long> newEnds = consumer.endOffsets(fresh.keySet());
    List<TopicPartition> all = new ArrayList<>(known);
    all.addAll(fresh.keySet());
    consumer.assign(all);
    starts.forEach(consumer::seek);
    ends.putAll(newEnds);
    known.addAll(fresh.keySet());
  }

  /** Where the wanted history begins, for partitions that hold anything so young. */
  private Map<TopicPartition, Long> recent(Map<TopicPartition, Source> fresh) {
    Map<TopicPartition, Long> times = new HashMap<>();
    Instant now = Instant.now();
    fresh.forEach((partition, source) ->
        source
            .history()
            .ifPresent(history -> times.put(partition, now.minus(history).toEpochMilli())));
    Map<TopicPartition, Long> starts = new HashMap<>();
    if (!times.isEmpty()) {
      Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
      found.forEach((partition, at) -> {
        if (at != null) {
          starts.put(partition, at.offset());
        }
      });
    }
    return starts;
  }
}
