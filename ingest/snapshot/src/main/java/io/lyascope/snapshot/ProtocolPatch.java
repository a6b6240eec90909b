package io.lyascope.snapshot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a protocol that somebody set; they replace those of the protocol they are applied
 * to. A name of which the meaning is fixed brings its own fields along.
 *
 * @param fields by their names on the wire
 */
public record ProtocolPatch(Map<String, Object> fields) {

  /** Sets nothing. */
  public static final ProtocolPatch NONE = new ProtocolPatch(Map.of());

  /** The protocols whose names fix their fields: Vogt's row-wise sequential MNIST. */
  private static final Map<String, Map<String, Object>> NAMED =
      Map.of(
          "smnist-rows/1",
          Map.of(
              "burn_in", 0L,
              "steps", 28L,
              "orthonormalize_every", 1L,
              "initial_basis", "identity",
              "state", "hidden"));

  /**
   * Reads the JSON object of a probe or a command line.
   *
   * @throws RefusedException of kind {@code protocol}, naming the field
   */
  public static ProtocolPatch parse(String json) {
    try {
      return of(JsonObject.parse(json).fields());
    } catch (JsonException e) {
      throw new RefusedException(RefusedException.Kind.PROTOCOL, "protocol", e.getMessage());
    }
  }

  private static ProtocolPatch of(Map<String, Object> given) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (given.get("name") instanceof String name) {
      fields.putAll(NAMED.getOrDefault(name, Map.of()));
    }
    given.forEach((field, value) -> {
      if (value != null) {
        fields.put(field, value);
      }
    });
    ProtocolPatch patch = new ProtocolPatch(Collections.unmodifiableMap(fields));
    Protocol.DEFAULT.with(patch); // a wrong value is an error where it was written
    return patch;
  }

  Optional<Object> get(String field) {
    return Optional.ofNullable(fields.get(field));
  }
}
