package io.lyascope.snapshot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which network the tensors of a snapshot make up.
 *
 * @param cell the recurrence, for example {@code lstm}
 * @param inputSize numbers per input step, 0 where there is no input or the tensors tell
 * @param hiddenSize units per layer, 0 where the tensors tell (feed-forward networks)
 * @param layers layers of a stack, 1 if absent
 * @param bias whether the layers have biases
 * @param prefix what comes before the names of the recurrent core's tensors
 * @param nonlinearity the activation where the cell leaves the choice, {@code tanh} if absent
 * @param hyper the cell's further constants
 */
public record Architecture(
    String cell,
    int inputSize,
    int hiddenSize,
    int layers,
    boolean bias,
    String prefix,
    String nonlinearity,
    Map<String, Object> hyper) {

  /** Reads the JSON of a snapshot's metadata or of a run document. */
  public static Architecture parse(String json) throws JsonException {
    return of(JsonObject.parse(json));
  }

  static Architecture of(JsonObject json) throws JsonException {
    return new Architecture(
        json.requiredString("cell"),
        size(json, "input_size").orElse(0),
        size(json, "hidden_size").orElse(0),
        size(json, "num_layers").orElse(1),
        json.truth("bias").orElse(true),
        json.string("prefix").orElse(""),
        json.string("nonlinearity").orElse("tanh"),
        json.object("hyper").map(JsonObject::fields).orElse(Map.of()));
  }

  private static OptionalInt size(JsonObject json, String field) throws JsonException {
    OptionalInt size = json.smallInteger(field);
    if (size.isPresent() && size.getAsInt() < 0) {
      throw new JsonException("field " + field + " is " + size.getAsInt() + ", wanted 0 or more");
    }
    return size;
  }

  /** The fields of the wire format, in its order. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cell", cell);
    fields.put("input_size", inputSize);
    fields.put("hidden_size", hiddenSize);
    fields.put("num_layers", layers);
    fields.put("bias", bias);
    fields.put("prefix", prefix);
    fields.put("nonlinearity", nonlinearity);
    fields.put("hyper", hyper);
    return fields;
  }

  /** The JSON of the wire format. */
  public String toJson() {
    return Json.write(toFields());
  }
}
