package io.lyascope.kafka;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Everything that comes in from Kafka. Snapshots are read by the consumer group and committed when
 * they are finished; runs, probes, scalars and commands are read whole at each start, and snapshots
 * wait for that. Survives a cluster that is away.
 */
public final class KafkaIngest implements AutoCloseable {
  private final TopicReader state;
  private final SnapshotLoop snapshots;
  private final Thread thread;
  private final DeadLetters letters;

  private KafkaIngest(
      TopicReader state, SnapshotLoop snapshots, Thread thread, DeadLetters letters) {
    this.state = state;
    this.snapshots = snapshots;
    this.thread = thread;
    this.letters = letters;
  }

  /**
   * Starts reading.
   *
   * @param sink called by two threads of the ingest, one for snapshots and one for the rest; must
   *     return quickly and hand work to others
   * @param meter also told of the records that never reach the sink
   */
  public static KafkaIngest start(
      Cluster cluster, IngestLimits limits, Consumer<Delivery> sink, IngestMeter meter) {
    return start(cluster, limits, sink, meter, InstantSource.system());
  }

  static KafkaIngest start(
      Cluster cluster,
      IngestLimits limits,
      Consumer<Delivery> sink,
      IngestMeter meter,
      InstantSource clock) {
    Topics topics = cluster.topics();
    var letters =
        new DeadLetters(
            new KafkaProducer<>(cluster.deadLetterSettings()), topics.deadLetters(), meter);
    var feed = new StateFeed(topics, limits, sink, letters, clock);
    var sources =
        List.of(
            TopicReader.Source.whole(topics.runs()),
            TopicReader.Source.whole(topics.probes()),
            TopicReader.Source.recent(topics.scalars(), limits.scalarsHistory()),
            TopicReader.Source.whole(topics.control()));
    TopicReader state = TopicReader.start(cluster, "lyascope-state", sources, feed);
    var loop =
        new SnapshotLoop(
            new KafkaConsumer<>(cluster.groupSettings()),
            topics.snapshots(),
            limits,
            sink,
            letters,
            meter,
            clock);
    Thread thread = Thread.ofPlatform().name("lyascope-ingest").start(() -> follow(state, loop));
    return new KafkaIngest(state, loop, thread, letters);
  }

  private static void follow(TopicReader state, SnapshotLoop loop) {
    // A snapshot that comes before its probe is known would only wait elsewhere.
    state.caughtUp().exceptionally(closed -> null).join();
    loop.run();
  }

  /** Completes when runs, probes, scalars and commands of former times have been handed on. */
  public CompletableFuture<Void> caughtUp() {
    return state.caughtUp();
  }

  /** Whether both threads still run; they end only by {@link #close()} or a fatal error. */
  public boolean alive() {
    return thread.isAlive() && state.alive();
  }

  /** Commits what is finished, leaves the group and waits for the threads. */
  @Override
  public void close() {
    snapshots.stop();
    state.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    letters.close();
  }
}
