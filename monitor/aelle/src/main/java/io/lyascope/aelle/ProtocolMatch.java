package io.lyascope.aelle;

import io.lyascope.snapshot.Protocol;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether spectra of one protocol may be judged by what was learnt from those of another: all
 * fields must be the same but the name, the tolerance and, for {@code auto} against a number, the
 * interval between orthonormalisations.
 */
public final class ProtocolMatch {

  private ProtocolMatch() {}

  /** The first difference that matters, as a sentence; empty if there is none. */
  public static Optional<String> difference(Protocol wanted, Protocol found) {
    Map<String, Object> other = found.toFields();
    for (Map.Entry<String, Object> field : wanted.toFields().entrySet()) {
      Object theirs = other.get(field.getKey());
      if (!agree(field.getKey(), field.getValue(), theirs)) {
        return Optional.of(
            "the spectrum was measured with %s %s, the predictor wants %s"
                .formatted(field.getKey(), theirs, field.getValue()));
      }
    }
    return Optional.empty();
  }

  private static boolean agree(String field, Object wanted, Object found) {
    return switch (field) {
      case "name", "tolerance" -> true;
      case "orthonormalize_every" ->
          wanted.equals("auto") || found.equals("auto") || wanted.equals(found);
      default -> Objects.equals(wanted, found);
    };
  }
}
