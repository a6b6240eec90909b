package io.lyascope.snapshot;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The weights of one run at one step.
 *
 * @param run the run's id, any text
 * @param attempt counts restarts of the run, from 0
 * @param step the optimizer step
 * @param progress how much of the planned training is done, 0 to 1
 * @param architecture which network the tensors make up
 * @param scalars losses, learning rate and the like, possibly not finite
 * @param file the tensors, among them gradients as {@code grad/NAME}
 */
public record Snapshot(
    String run,
    int attempt,
    long step,
    OptionalDouble progress,
    Architecture architecture,
    Map<String, Double> scalars,
    TensorFile file) {

  /** The value of {@code lyascope.format}. */
  public static final String FORMAT = "snapshot/1";

  /**
   * Reads a snapshot file.
   *
   * @throws MalformedException where the bytes or the metadata break the format
   * @throws RefusedException of kind {@code unsupported} for another version of the format
   */
  public static Snapshot read(byte[] bytes, Limits limits) {
    return of(TensorFile.read(bytes, limits));
  }

  /** The snapshot in a file that was read. */
  public static Snapshot of(TensorFile file) {
    Envelope envelope = new Envelope(file.metadata());
    envelope.requireFormat(FORMAT);
    return new Snapshot(
        envelope.text("lyascope.run"),
        attempt(envelope),
        envelope.natural("lyascope.step"),
        progress(envelope),
        envelope.json("lyascope.architecture", Architecture::parse),
        envelope.has("lyascope.scalars")
            ? envelope.json("lyascope.scalars", text -> JsonObject.parse(text).allNumbers())
            : Map.of(),
        file);
  }

  private static int attempt(Envelope envelope) {
    long attempt = envelope.has("lyascope.attempt") ? envelope.natural("lyascope.attempt") : 0;
    if (attempt > Integer.MAX_VALUE) {
      throw Envelope.broken("lyascope.attempt", "metadata lyascope.attempt is " + attempt);
    }
    return (int) attempt;
  }

  /** A training that runs past its plan is at 1: that is no reason to lose its weights. */
  private static OptionalDouble progress(Envelope envelope) {
    if (!envelope.has("lyascope.progress")) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.clamp(envelope.number("lyascope.progress"), 0.0, 1.0));
  }
}
