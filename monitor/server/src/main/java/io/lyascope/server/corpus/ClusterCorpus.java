package io.lyascope.server.corpus;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.TopicReader;
import io.lyascope.server.corpus.Tally.Fate;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.results.ResultsReader;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RunDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs that a cluster knows and the reference readings that a monitor left of them.
 *
 * @param documents the last word of each run, by run
 * @param readings complete ones by run and step
 */
record ClusterCorpus(Map<String, RunDocument> documents, Map<String, Map<Long, Reading>> readings) {

  private static final Logger log = LoggerFactory.getLogger(ClusterCorpus.class);

  /**
   * Reads both topics to their ends.
   *
   * @throws IOException if they cannot be read
   */
  static ClusterCorpus read(Cluster cluster) throws IOException {
    Map<String, RunDocument> documents = new TreeMap<>();
    var source = List.of(TopicReader.Source.whole(cluster.topics().runs()));
    TopicReader.Handler keep =
        record -> document(record).ifPresent(last -> documents.put(last.run(), last));
    try (var reader = TopicReader.start(cluster, "lyascope-corpus", source, keep)) {
      reader.caughtUp().join();
    } catch (CompletionException | CancellationException e) {
      throw new IOException("the topic of runs could not be read to its end", e);
    }
    Map<String, Map<Long, Reading>> readings = new HashMap<>();
    new ResultsReader(cluster).readAll(reading -> take(reading, readings));
    return new ClusterCorpus(documents, readings);
  }

  private static Optional<RunDocument> document(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(RunDocument.parse(new String(record.value(), StandardCharsets.UTF_8)));
    } catch (JsonException e) {
      log.warn("Run document at offset {} cannot be read: {}", record.offset(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Of a step that was trained twice the later attempt stays. */
  private static void take(Reading reading, Map<String, Map<Long, Reading>> readings) {
    boolean whole =
        reading.kind() == Reading.Kind.REFERENCE
            && reading.spectrum().filter(spectrum -> spectrum.complete()).isPresent();
    if (whole) {
      readings
          .computeIfAbsent(reading.run(), _ -> new TreeMap<>())
          .merge(
              reading.step(),
              reading,
              (former, latter) -> latter.attempt() >= former.attempt() ? latter : former);
    }
  }

  /** The tasks of runs that are at their end. */
  Set<String> tasks(String metric) {
    Set<String> tasks = new TreeSet<>();
    for (RunDocument document : documents.values()) {
      if (FinishedRun.of(document, metric).isPresent()) {
        document.task().or(document::project).ifPresent(tasks::add);
      }
    }
    return tasks;
  }

  void addTo(Assembly assembly, String metric) {
    for (RunDocument document : documents.values()) {
      Optional<FinishedRun> run = FinishedRun.of(document, metric);
      if (run.isEmpty()) {
        assembly.leaveOut(Fate.WITHOUT_OUTCOME);
      } else {
        assembly.add(run.get(), stages(document.run()));
      }
    }
  }

  private List<MeasuredStage> stages(String run) {
    List<MeasuredStage> stages = new ArrayList<>();
    for (Reading reading : readings.getOrDefault(run, Map.of()).values()) {
      stages.add(
          MeasuredStage.of(
              reading.step(),
              reading.progress(),
              reading.scalars(),
              reading.spectrum().orElseThrow()));
    }
    return stages;
  }
}
