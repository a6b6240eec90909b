package io.lyascope.snapshot;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a spectrum is measured. Time runs through {@code warmup} steps of the state alone, {@code
 * burnIn} steps of state and basis whose growth is discarded, and {@code steps} counted steps.
 *
 * @param name says that {@code steps} is meant and never shrinks to the probe's length
 * @param state what is differentiated: everything carried from step to step, or h alone
 * @param orthonormalizeEvery steps between two QR decompositions
 * @param exponents how many are measured, from the largest on
 * @param sequences how many of the probe's sequences are used, from the first on
 * @param initialBasis where the tangent basis starts unless the probe brings one
 * @param seed of the random basis; means the same within this program only
 * @param tolerance the widest 95 % interval of a converged measurement, in the exponents' unit
 */
public record Protocol(
    Optional<String> name,
    State state,
    int warmup,
    int burnIn,
    int steps,
    Interval orthonormalizeEvery,
    Count exponents,
    Count sequences,
    Precision precision,
    InitialBasis initialBasis,
    long seed,
    double tolerance) {

  /** What holds where nobody says otherwise. */
  public static final Protocol DEFAULT =
      new Protocol(
          Optional.empty(),
          State.FULL,
          0,
          20,
          120,
          new Interval.Auto(),
          new Count.All(),
          new Count.All(),
          Precision.DOUBLE,
          InitialBasis.RANDOM,
          0,
          0.01);

  /** Which state is differentiated. */
  public enum State {
    /** Everything that is carried from step to step. */
    FULL,
    /** h (or y) alone; the old c or z is held constant. */
    HIDDEN
  }

  /** The arithmetic of the tangent products. */
  public enum Precision {
    DOUBLE,
    /** Products in float, sums of logarithms in double. */
    MIXED
  }

  /** Where the tangent basis starts. */
  public enum InitialBasis {
    /** A seeded random orthonormal basis. */
    RANDOM,
    /** The first columns of the identity. */
    IDENTITY
  }

  /** Steps between two QR decompositions. */
  public sealed interface Interval {
    /** Chosen so that the condition number of the pushed basis stays bounded. */
    record Auto() implements Interval {}

    /** Every {@code steps} steps. */
    record Every(int steps) implements Interval {}
  }

  /** How many of a known number. */
  public sealed interface Count {
    /** All there are. */
    record All() implements Count {}

    /** The first {@code n}. */
    record First(int n) implements Count {}
  }

  /**
   * This protocol with the fields of {@code patch} in place of its own.
   *
   * @throws RefusedException of kind {@code protocol}, naming the field
   */
  public Protocol with(ProtocolPatch patch) {
    ProtocolFields fields = new ProtocolFields(patch);
    return new Protocol(
        fields.text("name").or(() -> name),
        fields.choice("state", State.class, state),
        fields.integer("warmup", 0, warmup),
        fields.integer("burn_in", 0, burnIn),
        fields.integer("steps", 1, steps),
        fields.interval("orthonormalize_every", orthonormalizeEvery),
        fields.count("exponents", exponents),
        fields.count("sequences", sequences),
        fields.choice("precision", Precision.class, precision),
        fields.choice("initial_basis", InitialBasis.class, initialBasis),
        fields.seed(seed),
        fields.tolerance(tolerance));
  }

  /** The same with another number of counted steps. */
  public Protocol withSteps(int newSteps) {
    return with(new ProtocolPatch(Map.of("steps", (long) newSteps)));
  }

  /** The fields of the wire format, in its order. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("state", label(state));
    fields.put("warmup", warmup);
    fields.put("burn_in", burnIn);
    fields.put("steps", steps);
    fields.put(
        "orthonormalize_every",
        switch (orthonormalizeEvery) {
          case Interval.Auto() -> "auto";
          case Interval.Every(int n) -> n;
        });
    fields.put("exponents", written(exponents));
    fields.put("sequences", written(sequences));
    fields.put("precision", label(precision));
    fields.put("initial_basis", label(initialBasis));
    fields.put("seed", seed);
    fields.put("tolerance", tolerance);
    return fields;
  }

  /** The JSON of the wire format. */
  public String toJson() {
    return Json.write(toFields());
  }

  private static Object written(Count count) {
    return switch (count) {
      case Count.All() -> "all";
      case Count.First(int n) -> n;
    };
  }

  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
