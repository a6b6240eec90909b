package io.lyascope.snapshot;

import java.util.Map;

/** The string metadata of a file, read key by key with errors that name the key. */
record Envelope(Map<String, String> metadata) {

  /** A reader of one value's JSON or number. */
  interface Parser<T> {
    T parse(String text) throws JsonException;
  }

  /** Checks {@code lyascope.format}, which says what the file is. */
  void requireFormat(String wanted) {
    String format = text("lyascope.format");
    if (format.equals(wanted)) {
      return;
    }
    String message = "lyascope.format is \"" + format + "\", wanted \"" + wanted + "\"";
    String family = wanted.substring(0, wanted.indexOf('/') + 1);
    if (format.startsWith(family)) {
      throw new RefusedException(RefusedException.Kind.UNSUPPORTED, "lyascope.format", message);
    }
    throw broken("lyascope.format", message);
  }

  boolean has(String key) {
    return metadata.containsKey(key);
  }

  String text(String key) {
    String text = metadata.get(key);
    if (text == null || text.isEmpty()) {
      throw broken(key, "metadata " + key + " is " + (text == null ? "missing" : "empty"));
    }
    return text;
  }

  /** A whole number from 0 on. */
  long natural(String key) {
    String text = text(key);
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // the sentence below says all there is to say
    }
    throw broken(key, "metadata " + key + " is \"" + text + "\", wanted an integer from 0 on");
  }

  double number(String key) {
    String text = text(key);
    try {
      double number = Double.parseDouble(text);
      if (!Double.isNaN(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // the sentence below says all there is to say
    }
    throw broken(key, "metadata " + key + " is \"" + text + "\", wanted a number");
  }

  <T> T json(String key, Parser<T> parser) {
    try {
      return parser.parse(text(key));
    } catch (JsonException e) {
      throw broken(key, "metadata " + key + ": " + e.getMessage());
    }
  }

  static MalformedException broken(String key, String message) {
    return new MalformedException(Malformation.ENVELOPE, key, 8, message);
  }
}
