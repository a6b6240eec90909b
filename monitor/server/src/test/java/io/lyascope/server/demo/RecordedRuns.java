package io.lyascope.server.demo;

import io.lyascope.kafka.Publisher;
import io.lyascope.server.programs.Programs;
import io.lyascope.snapshot.Recording;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The shipped recordings, published at once under their own names. */
public final class RecordedRuns {

  private static final Path FOLDER = Programs.ROOT.resolve("ingest/recordings");

  private RecordedRuns() {}

  /** All runs, whole. */
  public static void publishAll(Publisher publisher) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(FOLDER)) {
      files = all.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
    for (Path file : files) {
      try (Recording recording = Recording.open(file)) {
        publish(publisher, recording, Integer.MAX_VALUE);
        publisher.run(recording.run()).join();
      }
    }
  }

  /** One run by its name, as if it were still training after its {@code snapshots}-th snapshot. */
  public static void publishRunning(Publisher publisher, String name, int snapshots)
      throws Exception {
    try (Recording recording = Recording.open(FOLDER.resolve(name + ".zip"))) {
      publish(publisher, recording, snapshots);
      publisher.run(stillRunning(recording.run())).join();
    }
  }

  private static RunDocument stillRunning(RunDocument run) {
    return new RunDocument(
        run.run(),
        run.project(),
        run.name(),
        run.attempt(),
        Optional.of("running"),
        run.config(),
        run.architecture(),
        run.task(),
        run.totalSteps(),
        run.started(),
        Optional.empty(),
        Map.of(),
        run.client());
  }

  private static void publish(Publisher publisher, Recording recording, int snapshots)
      throws Exception {
    String run = recording.run().run();
    publisher.probe(run, recording.probe()).join();
    for (ScalarsDocument scalars : recording.scalars()) {
      var _ = publisher.scalars(scalars);
    }
    for (Recording.Entry entry : recording.snapshots().stream().limit(snapshots).toList()) {
      var _ = publisher.snapshot(run, entry.attempt(), entry.step(), entry.read());
    }
  }
}
