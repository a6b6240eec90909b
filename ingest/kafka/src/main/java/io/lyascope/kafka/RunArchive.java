package io.lyascope.kafka;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads everything of one run that the topics still hold, from their beginning to where they ended
 * when the reading began. What is broken or not whole is left out.
 */
public final class RunArchive {

  private static final Logger log = LoggerFactory.getLogger(RunArchive.class);

  private final Topics topics;
  private final String run;
  private final Sink sink;
  private final Reassembly probeParts;
  private final FileFeed probes;
  private final FileFeed snapshots;
  private final InstantSource clock = InstantSource.system();
  private Optional<IOException> failure = Optional.empty();

  /** Takes what is read; called on one thread, the documents of a topic in their order. */
  public interface Sink {
    /** What was said of the run; the last one counts. */
    void run(RunDocument document) throws IOException;

    /** The probe file; the last one counts. */
    void probe(byte[] file) throws IOException;

    /** A whole snapshot file. */
    void snapshot(int attempt, long step, byte[] file) throws IOException;

    /** Numbers of one step, or a mere heartbeat. */
    void scalars(ScalarsDocument document) throws IOException;
  }

  private RunArchive(Topics topics, String run, IngestLimits limits, Sink sink) {
    this.topics = topics;
    this.run = run;
    this.sink = sink;
    this.probeParts = new Reassembly(limits);
    this.probes = new FileFeed(FileKind.PROBE, probeParts, this::probe, new Losses());
    this.snapshots =
        new FileFeed(FileKind.SNAPSHOT, new Reassembly(limits), this::snapshot, new Losses());
  }

  /**
   * Reads all of it.
   *
   * @throws IOException what the sink threw first; nothing more was given to it
   */
  public static void read(Cluster cluster, String run, IngestLimits limits, Sink sink)
      throws IOException {
    Topics topics = cluster.topics();
    var archive = new RunArchive(topics, run, limits, sink);
    var sources =
        List.of(
            TopicReader.Source.whole(topics.runs()),
            TopicReader.Source.whole(topics.probes()),
            TopicReader.Source.whole(topics.snapshots()),
            TopicReader.Source.whole(topics.scalars()));
    try (var reader = TopicReader.start(cluster, "lyascope-export", sources, archive::record)) {
      reader.caughtUp().join();
    } catch (CompletionException | CancellationException e) {
      throw new IOException("the topics could not be read to their end", e);
    }
    if (archive.failure.isPresent()) {
      throw archive.failure.get();
    }
  }

  private void record(ConsumerRecord<byte[], byte[]> record) {
    if (failure.isPresent() || record.value() == null) {
      return;
    }
    try {
      take(record);
    } catch (UncheckedIOException e) {
      failure = Optional.of(e.getCause());
    } catch (IOException e) {
      failure = Optional.of(e);
    } catch (BrokenRecordException | JsonException | RefusedException e) {
      log.debug("Left out {}@{}", Records.partition(record), record.offset(), e);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record)
      throws BrokenRecordException, JsonException, IOException {
    String topic = record.topic();
    if (topic.equals(topics.probes())) {
      if (Records.probeRun(record).equals(run)) {
        probes.take(record, Ticket.NONE, clock.instant());
      }
    } else if (Records.key(record).equals(run)) {
      if (topic.equals(topics.snapshots())) {
        snapshots.take(record, Ticket.NONE, clock.instant());
      } else if (topic.equals(topics.runs())) {
        sink.run(RunDocument.parse(text(record)));
      } else {
        sink.scalars(ScalarsDocument.parse(text(record)));
      }
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) throws BrokenRecordException {
    return Text.decode(record.value(), DeadLetterReason.DOCUMENT, "the value");
  }

  private void probe(AssembledFile file) {
    probeParts.replaceFormer(file);
    try {
      sink.probe(file.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void snapshot(AssembledFile file) {
    try {
      sink.snapshot(file.id().attempt(), file.id().step(), file.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a monitor would count and keep as dead letters is no business of a reader's. */
  private static final class Losses implements FileFeed.Losses {
    @Override
    public void broken(
        DeadLetterReason reason,
        String message,
        List<ConsumerRecord<byte[], byte[]>> records,
        Runnable stored) {
      log.debug("Left out as {}: {}", reason.label(), message);
    }

    @Override
    public void ended(SnapshotResult result) {
      log.debug("Left out a file as {}", result.label());
    }
  }
}
