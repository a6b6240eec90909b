package io.lyascope.server.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was set, and where, before it is read into types; the last origin that set a key has won.
 *
 * @param values by key
 */
record Settings(Map<String, Value> values) {

  <T> T get(Key<T> key) {
    return key.parse(value(key));
  }

  Value value(Key<?> key) {
    Value set = values.get(key.name());
    return set == null ? new Value(key.fallback(), new Origin.Default()) : set;
  }

  boolean isSet(Key<?> key) {
    return !value(key).text().isBlank();
  }

  /** The Kafka clients' own settings under this prefix, without it. */
  Map<String, String> passedThrough(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach((name, value) -> {
      if (name.startsWith(prefix) && prefix.equals(prefixOf(name))) {
        found.put(name.substring(prefix.length()), value.text());
      }
    });
    return Map.copyOf(found);
  }

  /** Whether this key is handed to a Kafka client as it stands. */
  static boolean passesThrough(String name) {
    return name.startsWith(KafkaNames.COMMON)
        && Keys.ALL.stream().noneMatch(key -> key.name().equals(name));
  }

  private static String prefixOf(String name) {
    if (!passesThrough(name)) {
      return "";
    }
    if (name.startsWith(KafkaNames.CONSUMER)) {
      return KafkaNames.CONSUMER;
    }
    return name.startsWith(KafkaNames.PRODUCER) ? KafkaNames.PRODUCER : KafkaNames.COMMON;
  }
}
