package io.lyascope.server.http;

import io.lyascope.snapshot.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What clients of one topic are told: named fields, each a JSON text, numbered changes of them, and
 * the last few changes for those that come back.
 */
final class Topic {

  /** Changes that are kept; who has missed more gets a snapshot. */
  static final int KEPT = 32;

  private static final int KEPT_CHARS = 8_000_000;
  private static final String NULL = "null";

  private final String name;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Deque<Delta> deltas = new ArrayDeque<>();
  private long seq;
  private long keptChars;

  private record Delta(long seq, String frame) {}

  /**
   * @param seq the first number; higher than any that an earlier topic of this name has used
   */
  Topic(String name, long seq) {
    this.name = name;
    this.seq = seq;
  }

  String name() {
    return name;
  }

  /** The number of the last change. */
  long seq() {
    return seq;
  }

  /**
   * Replaces fields, each whole; one that is {@code null} is gone. What is as before is no news.
   */
  void update(Map<String, Object> changes) {
    Map<String, String> news = new LinkedHashMap<>();
    changes.forEach((field, value) -> {
      String json = Json.write(value);
      if (!json.equals(fields.getOrDefault(field, NULL))) {
        news.put(field, json);
      }
    });
    if (!news.isEmpty()) {
      apply(news);
    }
  }

  private void apply(Map<String, String> news) {
    news.forEach((field, json) -> {
      if (json.equals(NULL)) {
        fields.remove(field);
      } else {
        fields.put(field, json);
      }
    });
    seq++;
    Delta delta = new Delta(seq, frame(seq, "delta", news));
    deltas.addLast(delta);
    keptChars += delta.frame().length();
    while (deltas.size() > KEPT || keptChars > KEPT_CHARS) {
      keptChars -= deltas.removeFirst().frame().length();
    }
  }

  /** Everything, as of {@link #seq()}. */
  String snapshot() {
    return frame(seq, "snapshot", fields);
  }

  /** The change that follows on that number, if it is still kept. */
  Optional<String> after(long seen) {
    if (deltas.isEmpty() || seen < deltas.getFirst().seq() - 1) {
      return Optional.empty();
    }
    return deltas.stream().filter(delta -> delta.seq() == seen + 1).findFirst().map(Delta::frame);
  }

  private String frame(long number, String type, Map<String, String> data) {
    return data.entrySet().stream()
        .map(field -> Json.write(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", head(number, type), "}}"));
  }

  private String head(long number, String type) {
    return "{\"topic\":%s,\"seq\":%d,\"type\":\"%s\",\"data\":{"
        .formatted(Json.write(name), number, type);
  }
}
