package io.lyascope.dynamics;

import io.lyascope.snapshot.Digests;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a measurement depends on, as a digest: two with the same one give the same spectrum. The
 * step, the scalars and gradients are no part of it; every other tensor is, because one that is not
 * finite anywhere refuses the snapshot.
 */
public final class MeasurementDigest {

  private static final String GRADIENT = "grad/";

  private MeasurementDigest() {}

  /** SHA-256 in lower-case hexadecimal. */
  public static String of(Snapshot snapshot, Probe probe, Protocol protocol) {
    List<Tensor> weights =
        snapshot.file().tensors().values().stream()
            .filter(tensor -> !tensor.name().startsWith(GRADIENT))
            .toList();
    return of(snapshot.architecture().toJson(), weights, probe, protocol);
  }

  /** The same without the weights: two networks of this layout, measured in the same way. */
  public static String withoutWeights(Snapshot snapshot, Probe probe, Protocol protocol) {
    return of(snapshot.architecture().toJson(), List.of(), probe, protocol);
  }

  static String of(String network, List<Tensor> weights, Probe probe, Protocol protocol) {
    String all =
        String.join(
            "\n",
            network,
            Digests.sha256(weights),
            Digests.sha256(probe.file().tensors().values()),
            protocol.toJson());
    return Digests.sha256(all.getBytes(StandardCharsets.UTF_8));
  }
}
