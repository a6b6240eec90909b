package io.lyascope.server.reading;

import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.WeightUpdate;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RefusedException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one snapshot taught us.
 *
 * @param kind whether history is made of it
 * @param run the run id
 * @param attempt from 0; a run that is resumed counts up
 * @param step the training step of the snapshot
 * @param progress 0..1 of the planned training, if the snapshot says so
 * @param scalars what the training process measured itself, by name
 * @param digest SHA-256 of the snapshot file
 * @param cell the architecture's cell
 * @param architecture the whole of it; empty if the file's version is not known
 * @param time when the measurement ended, or for a live reading, when it had come this far
 * @param probeSource where the probe's inputs come from; empty if there was no probe
 * @param update how the recurrent weights moved since the snapshot before it
 * @param outcome the spectrum, or why there is none
 */
public record Reading(
    Kind kind,
    String run,
    int attempt,
    long step,
    OptionalDouble progress,
    Map<String, Double> scalars,
    String digest,
    String cell,
    Optional<Architecture> architecture,
    Instant time,
    Optional<String> probeSource,
    Optional<WeightUpdate> update,
    Outcome outcome)
    implements OfStep {

  /** The value of the field {@code type}. */
  public static final String TYPE = "reading";

  /** Whether a reading is final. */
  public enum Kind {
    /** Ran all its steps without regard to history: stored, exported and predicted from. */
    REFERENCE,
    /** Still being measured; superseded freely. */
    LIVE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What came out. */
  public sealed interface Outcome {}

  /**
   * A spectrum, and how long its measurement took.
   *
   * @param sameAsStep the earlier step of the run that had the same weights and was measured in
   *     place of this one; empty if this one was measured itself
   */
  public record Measured(LyapunovSpectrum spectrum, double elapsedSeconds, OptionalLong sameAsStep)
      implements Outcome {

    /** A spectrum that was measured for this step. */
    public Measured(LyapunovSpectrum spectrum, double elapsedSeconds) {
      this(spectrum, elapsedSeconds, OptionalLong.empty());
    }
  }

  /**
   * A feed-forward network's exponents, and how long their measurement took.
   *
   * @param sameAsStep as of a spectrum
   */
  public record Layered(
      FiniteTimeExponents exponents, double elapsedSeconds, OptionalLong sameAsStep)
      implements Outcome {

    /** Exponents that were measured for this step. */
    public Layered(FiniteTimeExponents exponents, double elapsedSeconds) {
      this(exponents, elapsedSeconds, OptionalLong.empty());
    }
  }

  /** A snapshot that was read but cannot be measured. */
  public record Refused(RefusedException.Kind kind, String field, String message)
      implements Outcome {

    /** The reason that the reader or the engine gave. */
    public static Refused of(RefusedException reason) {
      return new Refused(reason.kind(), reason.field(), reason.getMessage());
    }

    /** Why a measurement ended early: what is wrong with the input, or with us. */
    public static Refused of(Throwable failure) {
      return switch (failure) {
        case RefusedException reason -> of(reason);
        case OutOfMemoryError _ ->
            internal("memory", "the measurement needs more memory than there is");
        default -> internal("measurement", "the measurement failed: " + failure);
      };
    }

    private static Refused internal(String field, String message) {
      return new Refused(RefusedException.Kind.INTERNAL, field, message);
    }
  }

  /** The spectrum, if there is one. */
  public Optional<LyapunovSpectrum> spectrum() {
    return outcome instanceof Measured measured
        ? Optional.of(measured.spectrum())
        : Optional.empty();
  }

  /** The exponents of a feed-forward network, if it is one's. */
  public Optional<FiniteTimeExponents> finiteTime() {
    return outcome instanceof Layered layered ? Optional.of(layered.exponents()) : Optional.empty();
  }

  /** The fields of the wire format, in its order. */
  public Map<String, Object> toFields() {
    return ReadingJson.fields(this);
  }

  /** Compact JSON on one line. */
  public String toJson() {
    return Json.write(toFields());
  }

  /**
   * Reads {@link #toJson()} back.
   *
   * @throws JsonException if it is not JSON or not a reading
   */
  public static Reading parse(String json) throws JsonException {
    return ReadingJson.read(json);
  }
}
