package io.lyascope.snapshot;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a training process says of a command.
 *
 * @param id the command's
 * @param attempt the attempt that answers
 * @param reason why it refuses, for people
 * @param issued by the training process's clock
 */
public record CommandAck(
    String id,
    String run,
    int attempt,
    State state,
    Optional<String> reason,
    Optional<Instant> issued)
    implements ControlDocument {

  /** How far a process is with a command, in this order; the lower-case names are the format's. */
  public enum State {
    /** The process knows of it. */
    RECEIVED,
    /** The model is saved. */
    SAVED,
    /** Training has ended. */
    STOPPED,
    /** The process will not obey. */
    REFUSED;

    /** The name in documents. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static CommandAck of(JsonObject fields) throws JsonException {
    return new CommandAck(
        ControlDocument.readId(fields),
        fields.requiredString("run"),
        fields.smallInteger("attempt").orElse(0),
        state(fields),
        fields.string("reason"),
        fields.time("issued"));
  }

  private static State state(JsonObject fields) throws JsonException {
    String state = fields.requiredString("state");
    for (State known : State.values()) {
      if (known.label().equals(state)) {
        return known;
      }
    }
    throw new JsonException(
        "field state is \"" + state + "\", wanted received, saved, stopped or refused");
  }

  @Override
  public String toJson() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", DocumentType.ACK.label());
    fields.put("id", id);
    fields.put("run", run);
    fields.put("attempt", attempt);
    fields.put("state", state.label());
    fields.put("reason", reason);
    fields.put("issued", issued);
    return Json.write(fields);
  }
}
