package io.lyascope.kafka;

import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Runs, probes, scalars and commands: what every monitor reads from the beginning at each start.
 */
final class StateFeed implements TopicReader.Handler {
  private final Topics topics;
  private final Consumer<Delivery> sink;
  private final DeadLetters letters;
  private final InstantSource clock;
  private final Reassembly reassembly;
  private final FileFeed probes;
  // Records of former times were judged when they came, and are no dead letters once more.
  private boolean live;

  StateFeed(
      Topics topics,
      IngestLimits limits,
      Consumer<Delivery> sink,
      DeadLetters letters,
      InstantSource clock) {
    this.topics = topics;
    this.sink = sink;
    this.letters = letters;
    this.clock = clock;
    this.reassembly = new Reassembly(limits);
    // A half probe is never given up by the clock: it costs little, and nothing waits for it.
    this.probes = new FileFeed(FileKind.PROBE, reassembly, this::deliver, new ProbeLosses());
  }

  @Override
  public void record(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(topics.runs())) {
        run(record);
      } else if (record.topic().equals(topics.scalars())) {
        scalars(record);
      } else if (record.topic().equals(topics.control())) {
        control(record);
      } else if (record.value() != null) {
        probes.take(record, Ticket.NONE, clock.instant());
      }
    } catch (BrokenRecordException e) {
      broken(e.reason(), e.getMessage(), List.of(record));
    }
  }

  @Override
  public void caughtUp() {
    live = true;
  }

  private void run(ConsumerRecord<byte[], byte[]> record) throws BrokenRecordException {
    String run = Records.key(record);
    if (record.value() == null) {
      sink.accept(new Delivery.RunRemoved(run));
      return;
    }
    RunDocument document = parse(record, RunDocument::parse);
    requireSameRun(run, document.run());
    sink.accept(new Delivery.RunUpdate(document));
  }

  private void scalars(ConsumerRecord<byte[], byte[]> record) throws BrokenRecordException {
    String run = Records.key(record);
    requireValue(record);
    ScalarsDocument document = parse(record, ScalarsDocument::parse);
    requireSameRun(run, document.run());
    sink.accept(new Delivery.ScalarsUpdate(document));
  }

  private void control(ConsumerRecord<byte[], byte[]> record) throws BrokenRecordException {
    String run = Records.key(record);
    requireValue(record);
    ControlDocument document = parse(record, ControlDocument::parse);
    requireSameRun(run, document.run());
    sink.accept(new Delivery.ControlUpdate(document));
  }

  private static void requireValue(ConsumerRecord<byte[], byte[]> record)
      throws BrokenRecordException {
    if (record.value() == null) {
      throw new BrokenRecordException(DeadLetterReason.VALUE, "the record has no value");
    }
  }

  private interface Parser<T> {
    T parse(String json) throws JsonException;
  }

  private static <T> T parse(ConsumerRecord<byte[], byte[]> record, Parser<T> parser)
      throws BrokenRecordException {
    String json = Text.decode(record.value(), DeadLetterReason.DOCUMENT, "the value");
    try {
      return parser.parse(json);
    } catch (JsonException | RefusedException e) {
      throw new BrokenRecordException(DeadLetterReason.DOCUMENT, e.getMessage());
    }
  }

  private static void requireSameRun(String key, String run) throws BrokenRecordException {
    if (!key.equals(run)) {
      throw new BrokenRecordException(
          DeadLetterReason.KEY,
          "the key is %s, the document says run %s".formatted(Text.shown(key), Text.shown(run)));
    }
  }

  private void deliver(AssembledFile file) {
    FileId id = file.id();
    reassembly.replaceFormer(file);
    var receipt =
        new Receipt() {
          @Override
          public void done() {}

          @Override
          public void reject(DeadLetterReason reason, String message) {
            broken(reason, message, file.originals().stream().map(Chunk::record).toList());
          }
        };
    sink.accept(new ProbeFile(id.run(), id.digest(), file.bytes(), file.published(), receipt));
  }

  private void broken(
      DeadLetterReason reason, String message, List<ConsumerRecord<byte[], byte[]>> records) {
    if (live) {
      letters.add(reason, message, records, () -> {});
    } else {
      letters.count(reason, message);
    }
  }

  private final class ProbeLosses implements FileFeed.Losses {
    @Override
    public void broken(
        DeadLetterReason reason,
        String message,
        List<ConsumerRecord<byte[], byte[]>> records,
        Runnable stored) {
      StateFeed.this.broken(reason, message, records);
    }

    @Override
    public void ended(SnapshotResult result) {
      // Counted are snapshots; a probe that never becomes whole shows as one that is missing.
    }
  }
}
