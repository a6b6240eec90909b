package io.lyascope.server.http;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a web-socket client asks for. */
sealed interface Operation {

  /**
   * Tell of these topics from now on.
   *
   * @param topics each with the last number that the client knows of it, if any
   */
  record Subscribe(Map<String, Optional<Long>> topics) implements Operation {}

  /** Tell of these topics no more. */
  record Unsubscribe(List<String> topics) implements Operation {}

  static Operation parse(String text) throws JsonException {
    JsonObject json = JsonObject.parse(text);
    List<String> topics = topics(json);
    return switch (json.requiredString("op")) {
      case "subscribe" -> new Subscribe(since(topics, json.object("since")));
      case "unsubscribe" -> new Unsubscribe(topics);
      default -> throw new JsonException("op is neither subscribe nor unsubscribe");
    };
  }

  private static List<String> topics(JsonObject json) throws JsonException {
    if (json.fields().get("topics") instanceof List<?> items
        && items.stream().allMatch(String.class::isInstance)) {
      return items.stream().map(String.class::cast).toList();
    }
    throw new JsonException("topics is no array of strings");
  }

  private static Map<String, Optional<Long>> since(List<String> topics, Optional<JsonObject> since)
      throws JsonException {
    Map<String, Optional<Long>> result = new LinkedHashMap<>();
    for (String topic : topics) {
      OptionalLong known = since.isPresent() ? since.get().integer(topic) : OptionalLong.empty();
      result.put(topic, known.isPresent() ? Optional.of(known.getAsLong()) : Optional.empty());
    }
    return result;
  }
}
