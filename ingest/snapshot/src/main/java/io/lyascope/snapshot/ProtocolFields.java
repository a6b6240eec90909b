package io.lyascope.snapshot;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Typed access to what a patch sets, with errors that name the field and what was wanted. */
record ProtocolFields(ProtocolPatch patch) {

  Optional<String> text(String field) {
    return patch
        .get(field)
        .map(value -> {
          if (value instanceof String text) {
            return text;
          }
          throw wrong(field, value, "a string");
        });
  }

  int integer(String field, int least, int fallback) {
    return patch.get(field).map(value -> natural(field, value, least, "")).orElse(fallback);
  }

  <E extends Enum<E>> E choice(String field, Class<E> type, E fallback) {
    return patch.get(field).map(value -> chosen(field, value, type)).orElse(fallback);
  }

  Protocol.Interval interval(String field, Protocol.Interval fallback) {
    return patch
        .get(field)
        .<Protocol.Interval>map(value ->
            value.equals("auto")
                ? new Protocol.Interval.Auto()
                : new Protocol.Interval.Every(natural(field, value, 1, "\"auto\" or ")))
        .orElse(fallback);
  }

  Protocol.Count count(String field, Protocol.Count fallback) {
    return patch
        .get(field)
        .<Protocol.Count>map(value ->
            value.equals("all")
                ? new Protocol.Count.All()
                : new Protocol.Count.First(natural(field, value, 1, "\"all\" or ")))
        .orElse(fallback);
  }

  long seed(long fallback) {
    return switch (patch.get("seed").orElse(fallback)) {
      case Long number -> number;
      case Object other -> throw wrong("seed", other, "an integer");
    };
  }

  double tolerance(double fallback) {
    return switch (patch.get("tolerance").orElse(fallback)) {
      case Double number when number > 0 && Double.isFinite(number) -> number;
      case Long number when number > 0 -> number.doubleValue();
      case Object other -> throw wrong("tolerance", other, "a number above 0");
    };
  }

  private static int natural(String field, Object value, int least, String or) {
    if (value instanceof Long number && number >= least && number <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    throw wrong(field, value, or + "an integer from " + least + " on");
  }

  private static <E extends Enum<E>> E chosen(String field, Object value, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> Protocol.label(constant).equals(value))
        .findFirst()
        .orElseThrow(() -> wrong(field, value, labels(type)));
  }

  private static String labels(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> '"' + Protocol.label(constant) + '"')
        .collect(Collectors.joining(" or "));
  }

  private static RefusedException wrong(String field, Object found, String wanted) {
    return new RefusedException(
        RefusedException.Kind.PROTOCOL,
        field,
        "protocol field " + field + " is " + Json.write(found) + ", wanted " + wanted);
  }
}
