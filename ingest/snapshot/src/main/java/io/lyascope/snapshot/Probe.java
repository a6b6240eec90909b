package io.lyascope.snapshot;

import java.util.Optional;

/**
 * The fixed batch that drives a network while its exponents are measured.
 *
 * @param source where the inputs come from: {@code validation}, {@code training} or {@code
 *     synthetic}
 * @param protocol the fields of the protocol that the probe sets
 * @param file the tensors: {@code inputs} [B, T, D], and optionally {@code h0}, {@code q0}, {@code
 *     noise}, {@code noise_mult}, {@code noise_add}, {@code labels}
 */
public record Probe(String source, ProtocolPatch protocol, TensorFile file) {

  /** The value of {@code lyascope.format}. */
  public static final String FORMAT = "probe/1";

  /**
   * Reads a probe file.
   *
   * @throws RefusedException of kind {@code probe}, also for another version of the format, or
   *     {@code protocol} where its protocol is wrong
   */
  public static Probe read(byte[] bytes, Limits limits) {
    try {
      return of(TensorFile.read(bytes, limits));
    } catch (RefusedException e) {
      if (e.kind() == RefusedException.Kind.PROTOCOL) {
        throw e;
      }
      // Also of a version that is not known: any other kind would speak of the snapshot.
      throw new RefusedException(RefusedException.Kind.PROBE, e.field(), e.getMessage());
    }
  }

  private static Probe of(TensorFile file) {
    Envelope envelope = new Envelope(file.metadata());
    envelope.requireFormat(FORMAT);
    return new Probe(
        envelope.has("lyascope.source") ? envelope.text("lyascope.source") : "validation",
        envelope.has("lyascope.protocol")
            ? ProtocolPatch.parse(envelope.text("lyascope.protocol"))
            : ProtocolPatch.NONE,
        file);
  }

  /** The tensor of this name. */
  public Optional<Tensor> tensor(String name) {
    return Optional.ofNullable(file.tensors().get(name));
  }
}
