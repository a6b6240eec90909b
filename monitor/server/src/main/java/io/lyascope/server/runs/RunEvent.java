package io.lyascope.server.runs;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something of a run that deserves a mark on its time line.
 *
 * @param kind {@code attempt}, {@code refused}, {@code nonfinite}, or the state that was entered
 */
public record RunEvent(Instant time, long step, String kind, String text) {

  /** The fields on the wire. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", time);
    fields.put("step", step < 0 ? null : step);
    fields.put("kind", kind);
    fields.put("text", text);
    return fields;
  }
}
