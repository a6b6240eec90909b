package io.lyascope.server.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One configuration key.
 *
 * @param name the dotted name
 * @param fallback its value, as text, when nobody sets it; empty text means unset
 * @param secrecy whether the value may be shown
 * @param meaning one sentence for the reference
 * @param parser turns text into the value; throws {@link IllegalArgumentException} saying what was
 *     wanted
 */
record Key<T>(
    String name, String fallback, Secrecy secrecy, String meaning, Function<String, T> parser) {

  /** Whether a value may be printed. */
  enum Secrecy {
    OPEN,
    SECRET
  }

  static final String ENVIRONMENT_PREFIX = "LYASCOPE_";

  static <T> Key<T> of(String name, String fallback, Function<String, T> parser, String meaning) {
    return new Key<>(name, fallback, Secrecy.OPEN, meaning, parser);
  }

  static Key<Optional<String>> secret(String name, String meaning) {
    return new Key<>(name, "", Secrecy.SECRET, meaning, Parsers::optionalText);
  }

  /** The environment variable that sets this key. */
  String environmentVariable() {
    return environmentVariable(name);
  }

  static String environmentVariable(String name) {
    return ENVIRONMENT_PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  T parse(Value value) {
    try {
      return parser.apply(value.text());
    } catch (IllegalArgumentException e) {
      String shown = secrecy == Secrecy.SECRET ? "its value" : '"' + value.text() + '"';
      throw new ConfigException(
          "%s (%s): %s is not %s".formatted(name, value.origin(), shown, e.getMessage()));
    }
  }
}
