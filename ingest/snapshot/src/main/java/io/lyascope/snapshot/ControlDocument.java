package io.lyascope.snapshot;

/** What travels on the control topic: a command to a training process, or its answer. */
public sealed interface ControlDocument permits RunCommand, CommandAck {

  /** Identifies the command; its acknowledgements repeat it. */
  String id();

  /** The run's id. */
  String run();

  /** The JSON of the wire format. */
  String toJson();

  /** Reads a {@code stop}, {@code veto} or {@code ack} document. */
  static ControlDocument parse(String json) throws JsonException {
    JsonObject fields = JsonObject.parse(json);
    String type = fields.requiredString("type");
    return switch (type) {
      case "stop" -> RunCommand.of(RunCommand.Kind.STOP, fields);
      case "veto" -> RunCommand.of(RunCommand.Kind.VETO, fields);
      case "ack" -> CommandAck.of(fields);
      default ->
          throw new JsonException("field type is \"" + type + "\", wanted stop, veto or ack");
    };
  }

  /** The id, which everybody keeps: one that would fill memories is refused. */
  static String readId(JsonObject fields) throws JsonException {
    String id = fields.requiredString("id");
    if (id.isBlank() || id.length() > 200) {
      throw new JsonException(
          "field id has " + id.strip().length() + " characters, wanted 1 to 200");
    }
    return id;
  }
}
