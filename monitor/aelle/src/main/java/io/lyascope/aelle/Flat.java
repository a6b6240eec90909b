package io.lyascope.aelle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Nested configurations as one level of dotted names. */
final class Flat {

  private Flat() {}

  static Map<String, Object> config(Map<?, ?> nested) {
    Map<String, Object> flat = new LinkedHashMap<>();
    put("", nested, flat);
    return Collections.unmodifiableMap(flat);
  }

  private static void put(String prefix, Map<?, ?> nested, Map<String, Object> flat) {
    nested.forEach((key, value) -> {
      if (value instanceof Map<?, ?> inner) {
        put(prefix + key + ".", inner, flat);
      } else {
        flat.put(prefix + key, value);
      }
    });
  }
}
