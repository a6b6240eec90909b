package io.lyascope.server.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text to values. What cannot be read is an {@link IllegalArgumentException} whose message names
 * what was wanted, so that it ends a sentence that begins "... is not".
 */
final class Parsers {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,12}) ?(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?(B|KiB|MiB|GiB|kB|MB|GB)?");

  private Parsers() {}

  static String text(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("text (it is empty)");
    }
    return text;
  }

  static Optional<String> optionalText(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  /** Texts separated by commas, or {@code none}. */
  static List<String> list(String text) {
    return text.strip().equals("none")
        ? List.of()
        : Arrays.stream(text(text).split(",")).map(String::strip).map(Parsers::text).toList();
  }

  /** An integer within bounds, both included. */
  static Function<String, Integer> integer(int low, int high) {
    return text -> {
      try {
        int number = Integer.parseInt(text.strip());
        if (number >= low && number <= high) {
          return number;
        }
      } catch (NumberFormatException e) {
        // said below, in the same words as a number out of bounds
      }
      throw new IllegalArgumentException("an integer from " + low + " to " + high);
    };
  }

  /** An integer within bounds, or {@code auto}. */
  static Function<String, OptionalInt> integerOrAuto(int low, int high) {
    return text -> {
      try {
        return text.strip().equals("auto")
            ? OptionalInt.empty()
            : OptionalInt.of(integer(low, high).apply(text));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(e.getMessage() + " or auto", e);
      }
    };
  }

  static Duration duration(String text) {
    Matcher match = DURATION.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException("a duration such as 250ms, 30s, 15m, 2h or 7d");
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** A duration, or {@code none}. */
  static Optional<Duration> durationOrNone(String text) {
    try {
      return text.strip().toLowerCase(Locale.ROOT).equals("none")
          ? Optional.empty()
          : Optional.of(duration(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", or none", e);
    }
  }

  /** A number of bytes. */
  static long size(String text) {
    Matcher match = SIZE.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException("a size such as 512KiB, 64MiB or 1GiB");
    }
    long unit =
        switch (match.group(2)) {
          case null -> 1;
          case "B" -> 1;
          case "KiB" -> 1 << 10;
          case "MiB" -> 1 << 20;
          case "GiB" -> 1 << 30;
          case "kB" -> 1_000;
          case "MB" -> 1_000_000;
          default -> 1_000_000_000;
        };
    return Math.multiplyExact(Long.parseLong(match.group(1)), unit);
  }
}
