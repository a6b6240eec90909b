package io.lyascope.dynamics;

import io.lyascope.snapshot.Digests;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a measurement depends on, as a digest: two with the same one give the same spectrum, or the
 * same exponents of a feed-forward network. The step and the scalars are no part of it; every
 * tensor is: one that is not finite anywhere refuses the snapshot, and gradients are compared to
 * the tangent vectors.
 */
public final class MeasurementDigest {

  private MeasurementDigest() {}

  /** SHA-256 in lower-case hexadecimal. */
  public static String of(Snapshot snapshot, Probe probe, Protocol protocol) {
    List<Tensor> tensors = List.copyOf(snapshot.file().tensors().values());
    return of(snapshot.architecture().toJson(), tensors, probe, protocol);
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
