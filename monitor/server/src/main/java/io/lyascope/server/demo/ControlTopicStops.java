package io.lyascope.server.demo;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.Publisher;
import io.lyascope.kafka.TopicReader;
import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RunCommand;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hears on the control topic what a training process would, and answers as one. */
public final class ControlTopicStops implements Stops, AutoCloseable {

  private final Publisher publisher;
  private final TopicReader reader;
  private final Map<String, Optional<RunCommand>> runs = new ConcurrentHashMap<>();

  /**
   * @param publisher for the answers; it stays the caller's to close
   */
  public ControlTopicStops(Cluster cluster, Publisher publisher) {
    this.publisher = publisher;
    var control = TopicReader.Source.whole(cluster.topics().control());
    this.reader = TopicReader.start(cluster, "lyascope-replay", List.of(control), this::record);
  }

  @Override
  public Optional<RunCommand> wanted(String run) {
    return runs.computeIfAbsent(run, _ -> Optional.empty());
  }

  private void record(ConsumerRecord<byte[], byte[]> record) {
    try {
      String json =
          record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
      if (ControlDocument.parse(json) instanceof RunCommand command
          && !command.isExpired(Instant.now())
          && runs.containsKey(command.run())) {
        obey(command);
      }
    } catch (JsonException e) {
      // The monitor makes a dead letter of it.
    }
  }

  private void obey(RunCommand command) {
    Optional<RunCommand> holds =
        switch (command.kind()) {
          case STOP -> Optional.of(command);
          case VETO -> Optional.empty();
        };
    runs.put(command.run(), holds);
    var _ = publisher.control(answer(command, CommandAck.State.RECEIVED));
  }

  /** What the process that this run pretends to have says of a command. */
  static CommandAck answer(RunCommand command, CommandAck.State state) {
    return new CommandAck(
        command.id(),
        command.run(),
        command.attempt().orElse(0),
        state,
        Optional.empty(),
        Optional.of(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
  }

  @Override
  public void close() {
    reader.close();
  }
}
