package io.lyascope.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recordings that the demo replays are what the contract calls a recording. */
class ShippedRecordingsTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("lyascope.root"), "ingest", "recordings");
  private static final long TWELVE_MEGABYTES = 12_000_000;

  static List<Path> recordings() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void theRunIsDescribedFromItsFirstStepOn(Path file) throws Exception {
    try (Recording recording = Recording.open(file)) {
      RunDocument run = recording.run();
      List<Recording.Entry> snapshots = recording.snapshots();
      assertEquals(file.getFileName().toString(), run.run() + ".zip");
      assertTrue(snapshots.size() >= 15 && snapshots.size() <= 30);
      assertEquals(0, snapshots.getFirst().step());
      for (Recording.Entry entry : snapshots) {
        Snapshot snapshot = Snapshot.read(entry.read(), Limits.DEFAULT);
        assertEquals(run.run(), snapshot.run());
        assertEquals(entry.step(), snapshot.step());
        assertEquals(run.architecture(), Optional.of(snapshot.architecture()));
        assertTrue(snapshot.scalars().keySet().containsAll(Set.of("train_loss", "val_loss")));
      }
      assertTrue(recording.scalars().size() > snapshots.size());
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void theProbeIsValidationDataOfTheNetworksWidth(Path file) throws Exception {
    try (Recording recording = Recording.open(file)) {
      Probe probe = Probe.read(recording.probe(), Limits.DEFAULT);
      Tensor inputs = probe.tensor("inputs").orElseThrow();
      assertEquals("validation", probe.source());
      assertEquals(recording.run().architecture().orElseThrow().inputSize(), inputs.shape()[2]);
      assertEquals(OptionalInt.empty(), inputs.firstNonFinite());
    }
  }

  @Test
  void oneRunEndsInWeightsThatAreNoNumbers() throws Exception {
    Set<String> broken = Set.copyOf(endingInNonFiniteWeights());
    assertEquals(Set.of("smnist-relu-rnn-nan"), broken);
  }

  private static List<String> endingInNonFiniteWeights() throws Exception {
    List<String> runs = new ArrayList<>();
    for (Path file : recordings()) {
      try (Recording recording = Recording.open(file)) {
        byte[] last = recording.snapshots().getLast().read();
        TensorFile weights = TensorFile.read(last, Limits.DEFAULT);
        if (weights.tensors().values().stream().anyMatch(t -> t.firstNonFinite().isPresent())) {
          runs.add(recording.run().run());
        }
      }
    }
    return runs;
  }

  @Test
  void theyAreSmallAndCoverEveryRecurrentCell() throws Exception {
    long bytes = 0;
    Set<String> cells = new TreeSet<>();
    for (Path file : recordings()) {
      bytes += Files.size(file);
      try (Recording recording = Recording.open(file)) {
        cells.add(recording.run().architecture().orElseThrow().cell());
      }
    }
    assertTrue(bytes <= TWELVE_MEGABYTES);
    assertEquals(Set.of("rnn", "lstm", "gru"), cells);
  }
}
