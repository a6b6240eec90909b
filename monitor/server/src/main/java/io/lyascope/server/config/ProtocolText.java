package io.lyascope.server.config;

import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code analysis.protocol.*} keys as the fields of a protocol. */
final class ProtocolText {

  private ProtocolText() {}

  /** A number where the text is one, otherwise the text. */
  static Object value(String text) {
    String stripped = text.strip();
    if (stripped.matches("[+-]?\\d{1,18}")) {
      return Long.parseLong(stripped);
    }
    if (stripped.matches("[+-]?\\d*\\.?\\d+([eE][+-]?\\d{1,3})?")) {
      return Double.parseDouble(stripped);
    }
    return stripped;
  }

  static ProtocolPatch patch(Settings settings) {
    String prefix = "analysis.protocol.";
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Key<Object> key : Keys.PROTOCOL) {
      if (settings.isSet(key)) {
        fields.put(key.name().substring(prefix.length()), settings.get(key));
      }
    }
    try {
      return fields.isEmpty() ? ProtocolPatch.NONE : ProtocolPatch.parse(Json.write(fields));
    } catch (RefusedException e) {
      throw new ConfigException(prefix + e.field() + ": " + e.getMessage());
    }
  }
}
