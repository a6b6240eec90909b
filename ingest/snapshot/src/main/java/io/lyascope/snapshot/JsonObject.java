package io.lyascope.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A JSON object that is read field by field; what is absent is missing or null, unknown fields are
 * ignored, and a field of the wrong type is an error that names it.
 *
 * @param fields as {@link Json#parse} gives them
 */
public record JsonObject(Map<String, Object> fields) {

  /** The object in this text. */
  public static JsonObject parse(String text) throws JsonException {
    return of(Json.parse(text), "the document");
  }

  /** The object in these UTF-8 bytes. */
  public static JsonObject parse(byte[] utf8) throws JsonException {
    return of(Json.parse(utf8), "the document");
  }

  @SuppressWarnings("unchecked") // Json builds every Map with String keys
  private static JsonObject of(Object value, String what) throws JsonException {
    if (value instanceof Map<?, ?> map) {
      return new JsonObject((Map<String, Object>) map);
    }
    throw new JsonException(what + " is " + describe(value) + ", wanted an object");
  }

  public Optional<String> string(String field) throws JsonException {
    return switch (fields.get(field)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      case Object other -> throw wrong(field, other, "a string");
    };
  }

  public String requiredString(String field) throws JsonException {
    return string(field).orElseThrow(() -> missing(field));
  }

  public OptionalLong integer(String field) throws JsonException {
    return switch (fields.get(field)) {
      case null -> OptionalLong.empty();
      case Long number -> OptionalLong.of(number);
      case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p53 ->
          OptionalLong.of(number.longValue());
      case Object other -> throw wrong(field, other, "an integer");
    };
  }

  public OptionalInt smallInteger(String field) throws JsonException {
    OptionalLong number = integer(field);
    if (number.isEmpty()) {
      return OptionalInt.empty();
    }
    if (number.getAsLong() != (int) number.getAsLong()) {
      throw wrong(field, number.getAsLong(), "an integer below 2^31");
    }
    return OptionalInt.of((int) number.getAsLong());
  }

  /** A number; the strings for NaN and the infinities count as such. */
  public OptionalDouble number(String field) throws JsonException {
    Object value = fields.get(field);
    if (value == null) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(toNumber(field, value));
  }

  public Optional<Boolean> truth(String field) throws JsonException {
    return switch (fields.get(field)) {
      case null -> Optional.empty();
      case Boolean truth -> Optional.of(truth);
      case Object other -> throw wrong(field, other, "true or false");
    };
  }

  /** A time in RFC 3339. */
  public Optional<Instant> time(String field) throws JsonException {
    Optional<String> text = string(field);
    try {
      return text.map(t -> OffsetDateTime.parse(t).toInstant());
    } catch (DateTimeException e) {
      throw wrong(field, text.get(), "a time such as 2026-01-31T12:00:00Z");
    }
  }

  public Optional<JsonObject> object(String field) throws JsonException {
    Object value = fields.get(field);
    return value == null ? Optional.empty() : Optional.of(of(value, "field " + field));
  }

  /** An array of objects; none if it is absent. */
  public List<JsonObject> objects(String field) throws JsonException {
    Object value = fields.get(field);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> items)) {
      throw wrong(field, value, "an array of objects");
    }
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      objects.add(of(items.get(i), "field " + field + "[" + i + "]"));
    }
    return objects;
  }

  /** An array of numbers. */
  public Optional<double[]> numbers(String field) throws JsonException {
    Object value = fields.get(field);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof List<?> items)) {
      throw wrong(field, value, "an array of numbers");
    }
    double[] numbers = new double[items.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = toNumber(field + "[" + i + "]", items.get(i));
    }
    return Optional.of(numbers);
  }

  /**
   * Every field of this object as a number, in document order; fields that are null are left out.
   */
  public Map<String, Double> allNumbers() throws JsonException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      if (field.getValue() != null) {
        numbers.put(field.getKey(), toNumber(field.getKey(), field.getValue()));
      }
    }
    return Collections.unmodifiableMap(numbers);
  }

  private static double toNumber(String field, Object value) throws JsonException {
    return switch (value) {
      case Long number -> (double) number;
      case Double number -> number;
      case String text when text.equals("NaN") -> Double.NaN;
      case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
      case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
      case null, default -> throw wrong(field, value, "a number");
    };
  }

  private static JsonException missing(String field) {
    return new JsonException("field " + field + " is missing");
  }

  private static JsonException wrong(String field, Object found, String wanted) {
    return new JsonException("field " + field + " is " + describe(found) + ", wanted " + wanted);
  }

  private static String describe(Object value) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "an array";
      case String text -> '"' + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + '"';
      default -> value.toString();
    };
  }
}
