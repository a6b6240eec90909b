package io.lyascope.server.cli;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.Publisher;
import io.lyascope.kafka.TopicReader;
import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RunCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Straight over the control topic, without any monitor. */
final class StopByKafka implements StopRoute {

  private static final Duration LOOK_BACK = Duration.ofMinutes(1);

  private final Publisher publisher;
  private final TopicReader reader;
  private final String id = UUID.randomUUID().toString();
  private final BlockingQueue<CommandAck> answers = new LinkedBlockingQueue<>();

  StopByKafka(Cluster cluster) {
    var source = TopicReader.Source.recent(cluster.topics().control(), LOOK_BACK);
    this.reader = TopicReader.start(cluster, "lyascope-stop", List.of(source), this::record);
    this.publisher = new Publisher(cluster);
  }

  private void record(ConsumerRecord<byte[], byte[]> record) {
    try {
      String json =
          record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
      if (ControlDocument.parse(json) instanceof CommandAck ack && ack.id().equals(id)) {
        answers.add(ack);
      }
    } catch (JsonException e) {
      // Somebody else's broken record: a monitor makes a dead letter of it.
    }
  }

  @Override
  public RunCommand issue(String run, Optional<String> reason, Duration wanted) throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    var command =
        new RunCommand(
            RunCommand.Kind.STOP,
            id,
            run,
            OptionalInt.empty(),
            reason,
            Optional.of(now),
            Optional.of(now.plus(wanted)),
            Optional.ofNullable(System.getProperty("user.name")));
    publisher.control(command).get();
    return command;
  }

  @Override
  public Optional<CommandAck> await(Duration patience) throws InterruptedException {
    return Optional.ofNullable(answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    reader.close();
    publisher.close();
  }
}
