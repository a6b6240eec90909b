package io.lyascope.snapshot;

/** Text that is not the JSON that was wanted; the message says what is wrong and where. */
public final class JsonException extends Exception {
  public JsonException(String message) {
    super(message);
  }
}
