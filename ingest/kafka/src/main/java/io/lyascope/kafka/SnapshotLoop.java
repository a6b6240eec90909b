package io.lyascope.kafka;

import static io.lyascope.kafka.DeadLetterReason.FAILED;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns the group's consumer. It polls, puts together, hands on and commits what is
 * finished; it never analyses, and it survives whatever comes.
 */
final class SnapshotLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SnapshotLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration HOUSEKEEPING = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final java.util.function.Consumer<Delivery> sink;
  private final DeadLetters letters;
  private final IngestMeter meter;
  private final InstantSource clock;
  private final Reassembly reassembly;
  private final FileFeed feed;
  private final Backpressure backpressure;
  private final Commits commits;
  private final Expiry expiry = new Expiry();
  private final Trouble trouble = new Trouble("Reading snapshots");
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long housekept = System.nanoTime();

  SnapshotLoop(
      Consumer<byte[], byte[]> consumer,
      String topic,
      IngestLimits limits,
      java.util.function.Consumer<Delivery> sink,
      DeadLetters letters,
      IngestMeter meter,
      InstantSource clock) {
    this.consumer = consumer;
    this.topic = topic;
    this.sink = sink;
    this.letters = letters;
    this.meter = meter;
    this.clock = clock;
    this.reassembly = new Reassembly(limits);
    this.feed = new FileFeed(FileKind.SNAPSHOT, reassembly, this::deliver, new Counted());
    this.backpressure = new Backpressure(limits.inFlightBytes());
    this.commits = new Commits(consumer);
  }

  /** Makes {@link #run()} return within a few seconds. Any thread. */
  void stop() {
    stopped.countDown();
  }

  void subscribe() {
    consumer.subscribe(List.of(topic), new Rebalances());
  }

  @Override
  public void run() {
    try {
      subscribe();
      while (stopped.getCount() > 0) {
        turnSafely();
      }
      letters.send();
      commits.commitAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      consumer.close(Cluster.CLOSE);
    }
  }

  private void turnSafely() throws InterruptedException {
    try {
      turn();
      trouble.succeeded();
    } catch (KafkaException e) {
      trouble.failed(e);
      var _ = stopped.await(1, TimeUnit.SECONDS);
    }
  }

  /** One round of the loop. */
  void turn() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.value() != null) {
        meter.snapshotBytes(record.value().length);
      }
      take(record, commits.begin(record));
    }
    letters.send();
    backpressure.apply(consumer);
    if (System.nanoTime() - housekept > HOUSEKEEPING.toNanos()) {
      housekept = System.nanoTime();
      housekeep();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Ticket ticket) {
    try {
      feed.take(record, ticket, clock.instant());
    } catch (RuntimeException e) {
      log.error("Failed on {}@{}", Records.partition(record), record.offset(), e);
      new Counted().broken(FAILED, e.toString(), List.of(record), ticket::done);
    }
  }

  void housekeep() {
    expiry.due(reassembly, consumer, clock.instant()).forEach(feed::giveUp);
    commits.commit();
    meter.lag(commits.lag(clock.instant()));
  }

  private void deliver(AssembledFile file) {
    FileId id = file.id();
    backpressure.took(file.bytes().length);
    var snapshot =
        new SnapshotFile(
            id.run(),
            id.attempt(),
            id.step(),
            id.digest(),
            file.bytes(),
            file.published(),
            new FirstWord(file));
    try {
      sink.accept(snapshot);
    } catch (RuntimeException e) {
      log.error("The receiver failed on {}", snapshot, e);
      snapshot.reject(FAILED, "the receiver failed: " + e);
    }
  }

  /** Whatever is said first about a file is what counts. */
  private final class FirstWord implements Receipt {
    private final AssembledFile file;
    private final AtomicBoolean said = new AtomicBoolean();

    FirstWord(AssembledFile file) {
      this.file = file;
    }

    @Override
    public void done() {
      if (said.compareAndSet(false, true)) {
        finish();
      }
    }

    @Override
    public void reject(DeadLetterReason reason, String message) {
      if (said.compareAndSet(false, true)) {
        meter.snapshot(SnapshotResult.INVALID);
        var records = file.originals().stream().map(Chunk::record).toList();
        letters.add(reason, message, records, this::finish);
      }
    }

    private void finish() {
      file.done();
      backpressure.gave(file.bytes().length);
    }
  }

  private final class Counted implements FileFeed.Losses {
    @Override
    public void broken(
        DeadLetterReason reason,
        String message,
        List<ConsumerRecord<byte[], byte[]>> records,
        Runnable stored) {
      meter.snapshot(SnapshotResult.INVALID);
      long bytes = records.stream().mapToLong(Records::size).sum();
      backpressure.took(bytes);
      letters.add(
          reason,
          message,
          records,
          () -> {
            stored.run();
            backpressure.gave(bytes);
          });
    }

    @Override
    public void ended(SnapshotResult result) {
      meter.snapshot(result);
    }
  }

  private final class Rebalances implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      backpressure.assigned(consumer, partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commits.commitNow(partitions);
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        commits.forget(partition);
        reassembly.forget(partition).forEach(chunk -> chunk.ticket().done());
      }
    }
  }
}
