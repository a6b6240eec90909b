package io.lyascope.server.corpus;

import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.Recording;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A recording and the spectra that the engine measured of it.
 *
 * @param run empty if it is not at its end
 * @param stages by step; snapshots that cannot be measured have none
 */
record RecordedRun(Optional<FinishedRun> run, List<MeasuredStage> stages) {

  /** The id of the run in a recording. */
  static String id(Path file) throws IOException, JsonException {
    try (Recording recording = Recording.open(file)) {
      return recording.run().run();
    } catch (ProviderNotFoundException e) {
      throw new IOException("neither a folder nor a zip", e);
    }
  }

  /**
   * Measures every snapshot of a recording, on this thread.
   *
   * @param ours fields of the protocol that win over the probe's
   * @throws IOException if it cannot be read
   */
  static RecordedRun measure(Path file, String metric, ProtocolPatch ours)
      throws IOException, JsonException {
    try (Recording recording = Recording.open(file)) {
      RunDocument document = recording.run();
      Optional<FinishedRun> run = FinishedRun.of(document, metric);
      return new RecordedRun(run, run.isPresent() ? stages(recording, ours) : List.of());
    } catch (RefusedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<MeasuredStage> stages(Recording recording, ProtocolPatch ours)
      throws IOException {
    Probe probe = Probe.read(recording.probe(), Limits.DEFAULT);
    Protocol protocol = Protocol.DEFAULT.with(probe.protocol()).with(ours);
    // Entries come by attempt: of a step that was trained twice the later one stays.
    Map<Long, MeasuredStage> stages = new TreeMap<>();
    for (Recording.Entry entry : recording.snapshots()) {
      measure(entry, probe, protocol).ifPresent(stage -> stages.put(stage.step(), stage));
    }
    return new ArrayList<>(stages.values());
  }

  private static Optional<MeasuredStage> measure(
      Recording.Entry entry, Probe probe, Protocol protocol) throws IOException {
    try {
      Snapshot snapshot = Snapshot.read(entry.read(), Limits.DEFAULT);
      LyapunovSpectrum spectrum = TangentFlow.begin(snapshot, probe, protocol).finish();
      return Optional.of(
          MeasuredStage.of(snapshot.step(), snapshot.progress(), snapshot.scalars(), spectrum));
    } catch (RefusedException e) {
      // Weights that are no numbers any more have no spectrum; the run counts all the same.
      return Optional.empty();
    }
  }
}
