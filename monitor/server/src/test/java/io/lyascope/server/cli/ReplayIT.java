package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.broker.EmbeddedBroker;
import io.lyascope.kafka.Topics;
import io.lyascope.server.demo.TinyRun;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import io.lyascope.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {

  @TempDir static Path brokerFolder;

  private static EmbeddedBroker broker;

  @TempDir Path folder;

  private final Console console = new Console();

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(brokerFolder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aRecordingArrivesWholeAndAsItWas() throws IOException, JsonException {
    Topics topics = new Topics("whole");
    Path recording = TinyRun.record(folder, "tiny", 0, 10, 100);
    assertEquals(ExitCode.OK, replay(recording, topics), console.err());

    List<RunDocument> runs = new ArrayList<>();
    for (var found : records(topics.runs())) {
      runs.add(RunDocument.parse(text(found)));
    }
    assertEquals(
        List.of(Optional.of("running"), Optional.of("finished")),
        runs.stream().map(RunDocument::state).toList());
    assertEquals(Map.of(), runs.getFirst().outcome());
    assertEquals(Map.of("val_loss", 0.5), runs.getLast().outcome());
    assertEquals(1, records(topics.probes()).size());
    assertArrayEquals(TinyRun.probe("{}"), records(topics.probes()).getFirst().value());
    var snapshots = records(topics.snapshots());
    assertEquals(3, snapshots.size());
    assertArrayEquals(TinyRun.snapshot("tiny", 100), snapshots.getLast().value());
    List<Long> steps = new ArrayList<>();
    for (var found : records(topics.scalars())) {
      steps.add(ScalarsDocument.parse(text(found)).step());
    }
    assertEquals(List.of(0L, 10L, 100L), steps);
    assertEquals("", console.out());
  }

  @Test
  void newIdsMakeItARunOfItsOwn() throws IOException, JsonException {
    Topics topics = new Topics("anew");
    Path recording = TinyRun.record(folder, "tiny", 0, 10);
    assertEquals(ExitCode.OK, replay(recording, topics, "--new-ids"), console.err());

    RunDocument run = RunDocument.parse(text(records(topics.runs()).getLast()));
    assertTrue(run.run().matches("tiny-[a-z0-9]+"), run.run());
    for (var found : records(topics.snapshots())) {
      Snapshot snapshot = Snapshot.read(found.value(), Limits.DEFAULT);
      assertEquals(run.run(), snapshot.run());
      assertEquals(run.run(), new String(found.key(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatIsNoRecordingIsNamedAndTheOthersAreSent() throws IOException {
    Topics topics = new Topics("partly");
    Path recording = TinyRun.record(folder.resolve("good"), "tiny", 0);
    Path missing = folder.resolve("missing.zip");
    assertEquals(ExitCode.FAILURE, replay(recording, topics, missing.toString()));
    assertTrue(console.err().contains(missing.toString()), console.err());
    assertEquals(1, records(topics.snapshots()).size());
  }

  @Test
  void aClusterThatDoesNotAnswerIsUnreachable() throws IOException {
    Path recording = TinyRun.record(folder, "tiny", 0);
    assertEquals(
        ExitCode.UNREACHABLE, console.run("replay", recording.toString(), "--to", "127.0.0.1:1"));
    assertTrue(console.err().contains("127.0.0.1:1"), console.err());
  }

  private ExitCode replay(Path recording, Topics topics, String... more) {
    List<String> words =
        new ArrayList<>(List.of("replay", recording.toString(), "--to", broker.bootstrapServers()));
    words.addAll(List.of("--speed", "1000", "--kafka.topic.prefix", topics.prefix()));
    words.addAll(List.of(more));
    return console.run(words.toArray(String[]::new));
  }

  private static String text(ConsumerRecord<byte[], byte[]> found) {
    return new String(found.value(), StandardCharsets.UTF_8);
  }

  /** All records of a topic, which holds those of one run, so that one partition has them all. */
  private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long wanted =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      while (found.size() < wanted) {
        consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
      }
      return found;
    }
  }
}
