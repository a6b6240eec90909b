package io.lyascope.bench;

import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.Recording;
import io.lyascope.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network with the probe that drives it.
 *
 * @param snapshots in the order of training, at least one
 * @param protocol the probe's, or the default
 */
record Subject(String name, List<Snapshot> snapshots, Probe probe, Protocol protocol) {

  /** A recorded training run, whole. */
  static Subject recorded(Path zip) throws IOException {
    try (Recording recording = Recording.open(zip)) {
      List<Snapshot> snapshots = new ArrayList<>();
      for (Recording.Entry entry : recording.snapshots()) {
        snapshots.add(Snapshot.read(entry.read(), Limits.DEFAULT));
      }
      Probe probe = Probe.read(recording.probe(), Limits.DEFAULT);
      String name = zip.getFileName().toString().replace(".zip", "");
      return new Subject(name, snapshots, probe, Protocol.DEFAULT.with(probe.protocol()));
    }
  }

  /** One of the benchmark's random networks; every step of its inputs counts. */
  static Subject generated(Path folder) throws IOException {
    byte[] weights = Files.readAllBytes(folder.resolve("snapshot.safetensors"));
    byte[] inputs = Files.readAllBytes(folder.resolve("probe.safetensors"));
    return new Subject(
        folder.getFileName().toString(),
        List.of(Snapshot.read(weights, Limits.DEFAULT)),
        Probe.read(inputs, Limits.DEFAULT),
        Protocol.DEFAULT.with(ProtocolPatch.parse("{\"burn_in\":0,\"steps\":1000000}")));
  }

  /** The last snapshot. */
  Snapshot snapshot() {
    return snapshots.getLast();
  }

  /** A measurement of the last snapshot, with the fields of {@code patch} in the protocol. */
  TangentFlow begin(String patch) {
    return TangentFlow.begin(snapshot(), probe, protocol.with(ProtocolPatch.parse(patch)));
  }

  /** What all others are compared with: decomposed every step, in double. */
  LyapunovSpectrum reference() {
    return begin("{\"orthonormalize_every\":1,\"precision\":\"double\"}").finish();
  }
}
