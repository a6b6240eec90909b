package io.lyascope.server.http;

import io.lyascope.server.config.Durations;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.RunCommand;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** What an operator asks for; all of it is optional. */
record CommandRequest(
    Optional<String> reason, Optional<String> by, OptionalInt attempt, Duration expiresIn) {

  private static final Duration DEFAULT = Duration.ofMinutes(10);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  // The control topic forgets after a day.
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_NAME = 100;

  /**
   * @param body null where there is none
   */
  static CommandRequest parse(String body) throws JsonException {
    JsonObject fields = JsonObject.parse(body == null || body.isBlank() ? "{}" : body);
    OptionalInt attempt = fields.smallInteger("attempt");
    if (attempt.isPresent() && attempt.getAsInt() < 0) {
      throw new JsonException("field attempt is negative, wanted a number from 0");
    }
    return new CommandRequest(
        text(fields, "reason", LONGEST_REASON),
        text(fields, "by", LONGEST_NAME),
        attempt,
        expiresIn(fields.string("expires_in")));
  }

  private static Optional<String> text(JsonObject fields, String field, int longest)
      throws JsonException {
    Optional<String> text = fields.string(field).map(String::strip).filter(t -> !t.isEmpty());
    if (text.isPresent() && text.get().length() > longest) {
      throw new JsonException(
          "field %s has %d characters, wanted at most %d"
              .formatted(field, text.get().length(), longest));
    }
    return text;
  }

  private static Duration expiresIn(Optional<String> text) throws JsonException {
    try {
      Duration wanted = text.map(Durations::parse).orElse(DEFAULT);
      if (wanted.compareTo(SHORTEST) >= 0 && wanted.compareTo(LONGEST) <= 0) {
        return wanted;
      }
    } catch (IllegalArgumentException e) {
      // said below, in the same words as a duration out of bounds
    }
    throw new JsonException(
        "field expires_in is \"" + text.orElse("") + "\", wanted 1s to 24h, such as 10m");
  }

  /** The command, from now on. */
  RunCommand command(RunCommand.Kind kind, String run, Instant now) {
    Instant issued = now.truncatedTo(ChronoUnit.MILLIS);
    return new RunCommand(
        kind,
        UUID.randomUUID().toString(),
        run,
        attempt,
        reason,
        Optional.of(issued),
        Optional.of(issued.plus(expiresIn)),
        by.or(() -> Optional.of("operator")));
  }
}
