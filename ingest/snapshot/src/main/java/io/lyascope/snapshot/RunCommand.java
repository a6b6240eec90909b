package io.lyascope.snapshot;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody wants of a training process.
 *
 * @param attempt the one that is meant; empty for whichever is running
 * @param issued by the clock of whoever issued it
 * @param expires when nobody may obey it any more; empty for never
 * @param by who wants it, for people
 */
public record RunCommand(
    Kind kind,
    String id,
    String run,
    OptionalInt attempt,
    Optional<String> reason,
    Optional<Instant> issued,
    Optional<Instant> expires,
    Optional<String> by)
    implements ControlDocument {

  /** What is wanted; the lower-case names are the wire format's. */
  public enum Kind {
    /** Save and stop. */
    STOP,
    /** Do not stop, whoever has asked for it so far. */
    VETO;

    /** The name in documents. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static RunCommand of(Kind kind, JsonObject fields) throws JsonException {
    return new RunCommand(
        kind,
        ControlDocument.readId(fields),
        fields.requiredString("run"),
        fields.smallInteger("attempt"),
        fields.string("reason"),
        fields.time("issued"),
        fields.time("expires"),
        fields.string("by"));
  }

  /** Whether nobody may obey it any more. */
  public boolean isExpired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }

  /** Whether this was issued before the other; not where one of them does not say when. */
  public boolean precedes(RunCommand other) {
    return issued.isPresent()
        && other.issued.isPresent()
        && issued.get().isBefore(other.issued.get());
  }

  /** The fields of the wire format, in its order. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", kind.label());
    fields.put("id", id);
    fields.put("run", run);
    fields.put("attempt", attempt);
    fields.put("reason", reason);
    fields.put("issued", issued);
    fields.put("expires", expires);
    fields.put("by", by);
    return fields;
  }

  @Override
  public String toJson() {
    return Json.write(toFields());
  }
}
