package io.lyascope.snapshot;

import java.util.Locale;

/** What a JSON document says it is, in its field {@code type}. */
enum DocumentType {
  RUN,
  SCALARS,
  ACK;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  void require(JsonObject json) throws JsonException {
    String type = json.requiredString("type");
    if (!type.equals(label())) {
      throw new JsonException("field type is \"" + type + "\", wanted \"" + label() + "\"");
    }
  }
}
