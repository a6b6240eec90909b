package io.lyascope.kafka;

import static io.lyascope.kafka.DeadLetterReason.CHUNK;
import static io.lyascope.kafka.DeadLetterReason.HEADER;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of a chunk: CloudEvents 1.0 in binary mode and our own. A reader needs only our own;
 * where CloudEvents attributes are there they must not contradict the record.
 */
record ChunkHeaders(FileId file, int index, Optional<Instant> time) {
  static final String SPEC_VERSION = "ce_specversion";
  static final String ID = "ce_id";
  static final String SOURCE = "ce_source";
  static final String TYPE = "ce_type";
  static final String SUBJECT = "ce_subject";
  static final String TIME = "ce_time";
  static final String STEP = "lyascope-step";
  static final String ATTEMPT = "lyascope-attempt";
  static final String CHUNK_OF = "lyascope-chunk";
  static final String DIGEST = "lyascope-digest";

  private static final Pattern PLACE = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

  /** The headers that a publisher of ours sends. */
  static Headers of(FileKind kind, FileId file, int index, String time) {
    String id = "%s/%d/%d/%d".formatted(file.run(), file.attempt(), file.step(), index);
    var headers = new RecordHeaders();
    add(headers, SPEC_VERSION, "1.0");
    add(headers, ID, id);
    add(headers, SOURCE, "/lyascope/publisher");
    add(headers, TYPE, kind.type());
    add(headers, SUBJECT, file.run());
    add(headers, TIME, time);
    add(headers, STEP, Long.toString(file.step()));
    add(headers, ATTEMPT, Integer.toString(file.attempt()));
    add(headers, CHUNK_OF, index + "/" + file.count());
    add(headers, DIGEST, file.digest());
    return headers;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, Text.encode(value));
  }

  /**
   * Reads and checks.
   *
   * @param run what the record's key says
   * @throws BrokenRecordException naming the header
   */
  static ChunkHeaders read(FileKind kind, String run, Headers headers)
      throws BrokenRecordException {
    expect(headers, SPEC_VERSION, "1.0");
    expect(headers, TYPE, kind.type());
    expect(headers, SUBJECT, run);
    String digest = required(headers, DIGEST);
    if (!SHA_256.matcher(digest).matches()) {
      throw broken(DIGEST, digest, "64 lower-case hexadecimal digits");
    }
    // A probe has no step of its own, so a publisher may leave these two out there.
    long step = whole(headers, STEP, Long.MAX_VALUE, kind);
    int attempt = (int) whole(headers, ATTEMPT, Integer.MAX_VALUE, kind);
    String chunk = required(headers, CHUNK_OF);
    Matcher place = PLACE.matcher(chunk);
    if (!place.matches()) {
      throw new BrokenRecordException(
          CHUNK, "header %s is %s, wanted i/n".formatted(CHUNK_OF, Text.shown(chunk)));
    }
    int index = Integer.parseInt(place.group(1));
    int count = Integer.parseInt(place.group(2));
    if (index >= count) {
      throw new BrokenRecordException(
          CHUNK, "header %s is %d/%d, i must be below n".formatted(CHUNK_OF, index, count));
    }
    var file = new FileId(run, attempt, step, digest, count);
    return new ChunkHeaders(file, index, time(headers));
  }

  private static long whole(Headers headers, String name, long max, FileKind kind)
      throws BrokenRecordException {
    if (kind == FileKind.PROBE && headers.lastHeader(name) == null) {
      return 0;
    }
    String value = required(headers, name);
    if (!WHOLE.matcher(value).matches() || Long.parseLong(value) > max) {
      throw broken(name, value, "an integer from 0");
    }
    return Long.parseLong(value);
  }

  private static Optional<Instant> time(Headers headers) {
    // Informative only: a record with an unreadable time is still a chunk.
    try {
      return optional(headers, TIME).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException | BrokenRecordException e) {
      return Optional.empty();
    }
  }

  private static void expect(Headers headers, String name, String wanted)
      throws BrokenRecordException {
    Optional<String> value = optional(headers, name);
    if (value.isPresent() && !value.get().equals(wanted)) {
      throw broken(name, value.get(), Text.shown(wanted));
    }
  }

  private static String required(Headers headers, String name) throws BrokenRecordException {
    return optional(headers, name)
        .orElseThrow(() -> new BrokenRecordException(HEADER, "header " + name + " is missing"));
  }

  private static Optional<String> optional(Headers headers, String name)
      throws BrokenRecordException {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(Text.decode(header.value(), HEADER, "header " + name));
  }

  private static BrokenRecordException broken(String name, String found, String wanted) {
    return new BrokenRecordException(
        HEADER, "header %s is %s, wanted %s".formatted(name, Text.shown(found), wanted));
  }
}
