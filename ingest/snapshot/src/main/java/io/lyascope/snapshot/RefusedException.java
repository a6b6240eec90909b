package io.lyascope.snapshot;

import java.util.Locale;

/**
 * Input that was understood well enough to say what is wrong with it: one kind, the field at fault,
 * and a sentence that says what was found and what was wanted.
 */
public class RefusedException extends RuntimeException {

  private final Kind kind;
  private final String field;

  public RefusedException(Kind kind, String field, String message) {
    super(message);
    this.kind = kind;
    this.field = field;
  }

  public final Kind kind() {
    return kind;
  }

  /** The tensor, metadata key or JSON field at fault. */
  public final String field() {
    return field;
  }

  /** Why input is refused; the lower-case names are part of the wire format. */
  public enum Kind {
    /** Not a snapshot at all: its bytes break the format. */
    MALFORMED,
    /** A cell, nonlinearity or option that this version does not know. */
    UNSUPPORTED,
    /** The architecture calls for a tensor that the file lacks. */
    MISSING_TENSOR,
    /** A tensor's shape contradicts the architecture. */
    SHAPE,
    /** A weight is NaN or infinite. */
    NONFINITE_WEIGHTS,
    /** The state overflowed while it was advanced. */
    DIVERGED,
    /** The probe is missing, broken or does not fit the network. */
    PROBE,
    /** The protocol is broken or asks for what cannot be measured. */
    PROTOCOL,
    /** Nothing is wrong with the input: the program failed on it, or ran out of memory. */
    INTERNAL;

    /** The name in documents, for example {@code nonfinite_weights}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this {@link #label()}. */
    public static Kind ofLabel(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }
}
