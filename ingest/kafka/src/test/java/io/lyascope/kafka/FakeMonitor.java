package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Receives what comes in, finishes nothing by itself, and remembers what was counted. */
final class FakeMonitor implements IngestMeter, AutoCloseable {
  final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  final List<SnapshotResult> results = new CopyOnWriteArrayList<>();
  final List<DeadLetterReason> deadLetters = new CopyOnWriteArrayList<>();
  volatile Lag lag = Lag.NONE;
  volatile boolean lagKnown;
  private final KafkaIngest ingest;

  private FakeMonitor(Cluster cluster, IngestLimits limits, InstantSource clock) {
    ingest = KafkaIngest.start(cluster, limits, deliveries::add, this, clock);
  }

  static FakeMonitor start(Cluster cluster) {
    return start(cluster, IngestLimits.DEFAULT, InstantSource.system());
  }

  static FakeMonitor start(Cluster cluster, IngestLimits limits, InstantSource clock) {
    return new FakeMonitor(cluster, limits, clock);
  }

  <T extends Delivery> List<T> all(Class<T> type) {
    return deliveries.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Waits until so many deliveries of a type have come. */
  <T extends Delivery> List<T> await(Class<T> type, int count) {
    await(count + " of " + type.getSimpleName(), () -> all(type).size() >= count);
    return all(type);
  }

  void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        fail("waited in vain for " + what + ", there are " + deliveries + results + deadLetters);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Waits until everything that was sent has been read and finished. */
  void awaitNoLag() {
    lagKnown = false;
    await("no lag", () -> lagKnown && lag.records() == 0);
  }

  KafkaIngest ingest() {
    return ingest;
  }

  @Override
  public void snapshot(SnapshotResult result) {
    results.add(result);
  }

  @Override
  public void deadLetter(DeadLetterReason reason) {
    deadLetters.add(reason);
  }

  @Override
  public void snapshotBytes(long bytes) {}

  @Override
  public void lag(Lag now) {
    lag = now;
    lagKnown = true;
  }

  @Override
  public void close() {
    ingest.close();
  }
}
