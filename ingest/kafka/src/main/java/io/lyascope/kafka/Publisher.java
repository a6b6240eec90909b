package io.lyascope.kafka;

import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.Digests;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;

/**
 * Sends whole files and documents. Thread-safe. Every method blocks while the client's buffer
 * ({@code buffer.memory}) is full, at most {@code max.block.ms}, and returns a future that
 * completes when the brokers have acknowledged every record, or fails for good within {@code
 * delivery.timeout.ms}.
 */
public final class Publisher implements AutoCloseable {
  private static final int CHUNK_BYTES = 512 * 1024;
  // What a broker with default settings takes, less a margin for the framing.
  private static final int RECORD_BYTES = 1_000_000;
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final Topics topics;
  private final Clock clock;

  /** Connects lazily: the first send waits for the cluster. */
  public Publisher(Cluster cluster) {
    this(new KafkaProducer<>(cluster.producerSettings()), cluster.topics(), Clock.systemUTC());
  }

  Publisher(Producer<byte[], byte[]> producer, Topics topics, Clock clock) {
    this.producer = producer;
    this.topics = topics;
    this.clock = clock;
  }

  /** Sends the whole document of a run. */
  public CompletableFuture<Void> run(RunDocument document) {
    return document(topics.runs(), document.run(), document.toJson());
  }

  /** Deletes the document of a run. */
  public CompletableFuture<Void> removeRun(String run) {
    return send(topics.runs(), run, Text.encode(run), null, new RecordHeaders());
  }

  /** Sends scalars, or a heartbeat without any. */
  public CompletableFuture<Void> scalars(ScalarsDocument document) {
    return document(topics.scalars(), document.run(), document.toJson());
  }

  /** Sends a reading, prediction, verdict or decision as JSON. */
  public CompletableFuture<Void> result(String run, String json) {
    return document(topics.results(), run, json);
  }

  /** Sends a command or an acknowledgement. */
  public CompletableFuture<Void> control(ControlDocument document) {
    return document(topics.control(), document.run(), document.toJson());
  }

  /**
   * Sends a probe file, which replaces the run's former one.
   *
   * @param file the whole safetensors file
   */
  public CompletableFuture<Void> probe(String run, byte[] file) {
    return file(FileKind.PROBE, run, 0, 0, file);
  }

  /**
   * Sends a snapshot file.
   *
   * @param file the whole safetensors file
   */
  public CompletableFuture<Void> snapshot(String run, int attempt, long step, byte[] file) {
    return file(FileKind.SNAPSHOT, run, attempt, step, file);
  }

  /** Waits until everything sent has been acknowledged or has failed. */
  public void flush() {
    producer.flush();
  }

  /** Sends what is buffered, for ten seconds at most. */
  @Override
  public void close() {
    producer.close(LAST_WORDS);
  }

  private CompletableFuture<Void> document(String topic, String run, String json) {
    return send(topic, run, Text.encode(run), Text.encode(json), new RecordHeaders());
  }

  private CompletableFuture<Void> file(
      FileKind kind, String run, int attempt, long step, byte[] file) {
    int chunk = chunkBytes(run);
    int count = Math.max(1, Math.ceilDiv(file.length, chunk));
    var id = new FileId(run, attempt, step, Digests.sha256(file), count);
    String time = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    List<CompletableFuture<Void>> sent = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = i * chunk;
      byte[] value = Arrays.copyOfRange(file, from, from + Math.min(chunk, file.length - from));
      CompletableFuture<Void> one = chunk(kind, id, i, value, time);
      sent.add(one);
      if (one.isCompletedExceptionally()) {
        break; // The rest of a file that cannot become whole is a burden to everyone.
      }
    }
    return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> chunk(
      FileKind kind, FileId id, int index, byte[] value, String time) {
    Headers headers = ChunkHeaders.of(kind, id, index, time);
    return switch (kind) {
      case SNAPSHOT -> send(topics.snapshots(), id.run(), Text.encode(id.run()), value, headers);
      case PROBE ->
          send(topics.probes(), id.run(), Text.encode(id.run() + "/" + index), value, headers);
    };
  }

  /** The run id travels three times with each chunk; a very long one leaves less room. */
  private static int chunkBytes(String run) {
    int room = RECORD_BYTES - 3 * Text.encode(run).length - 1024;
    if (room < 1024) {
      throw new IllegalArgumentException("the run id is too long for a record");
    }
    return Math.min(CHUNK_BYTES, room);
  }

  private CompletableFuture<Void> send(
      String topic, String run, byte[] key, byte[] value, Headers headers) {
    var done = new CompletableFuture<Void>();
    try {
      int partition = partition(topic, run);
      var _ =
          producer.send(
              new ProducerRecord<>(topic, partition, null, key, value, headers),
              (metadata, failure) ->
                  Optional.ofNullable(failure)
                      .ifPresentOrElse(done::completeExceptionally, () -> done.complete(null)));
    } catch (KafkaException e) {
      done.completeExceptionally(e);
    }
    return done;
  }

  /** As the Java client computes it for a record whose key is the run id alone. */
  private int partition(String topic, String run) {
    int partitions = producer.partitionsFor(topic).size();
    return Utils.toPositive(Utils.murmur2(Text.encode(run))) % partitions;
  }
}
