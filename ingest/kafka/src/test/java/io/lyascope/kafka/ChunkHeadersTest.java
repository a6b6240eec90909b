package io.lyascope.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ChunkHeadersTest {
  private static final byte[] FILE = Chunks.file(100, 1);

  private final ConsumerRecord<byte[], byte[]> record =
      new Chunks().records(Chunks.id("run", 7, FILE, 1), FILE).getFirst();

  private void set(String header, String value) {
    record.headers().remove(header).add(header, value.getBytes(UTF_8));
  }

  private BrokenRecordException refused(ConsumerRecord<byte[], byte[]> bad) {
    return assertThrows(
        BrokenRecordException.class, () -> Records.chunk(FileKind.SNAPSHOT, bad, Ticket.NONE));
  }

  private void refusedBecauseOf(String header, DeadLetterReason reason) {
    BrokenRecordException refusal = refused(record);
    assertEquals(reason, refusal.reason());
    assertTrue(refusal.getMessage().contains(header), refusal::getMessage);
  }

  private ConsumerRecord<byte[], byte[]> with(byte[] key, byte[] value) {
    return Chunks.at(0, 0, key, value, record.headers());
  }

  @Test
  void whatAPublisherSendsIsRead() {
    Chunk chunk = Chunks.chunk(record);
    assertEquals(Chunks.id("run", 7, FILE, 1), chunk.file());
    assertEquals(0, chunk.index());
    assertEquals(Instant.parse("2026-11-22T12:00:00Z"), chunk.published());
  }

  @Test
  void ourOwnHeadersAreEnough() {
    for (String name : new String[] {"specversion", "id", "source", "type", "subject", "time"}) {
      record.headers().remove("ce_" + name);
    }
    Chunk chunk = Chunks.chunk(record);
    assertEquals("run", chunk.file().run());
    assertEquals(Instant.ofEpochMilli(1_000), chunk.published());
  }

  @Test
  void anUnreadableTimeIsNoReasonToRefuse() {
    set(ChunkHeaders.TIME, "yesterday");
    assertEquals(Instant.ofEpochMilli(1_000), Chunks.chunk(record).published());
  }

  @Test
  void aMissingKeyIsRefused() {
    assertEquals(DeadLetterReason.KEY, refused(with(null, FILE)).reason());
  }

  @Test
  void anEmptyKeyIsRefused() {
    assertEquals(DeadLetterReason.KEY, refused(with(new byte[0], FILE)).reason());
  }

  @Test
  void aKeyThatIsNoUtf8IsRefused() {
    assertEquals(DeadLetterReason.KEY, refused(with("rün".getBytes(ISO_8859_1), FILE)).reason());
  }

  @Test
  void aMissingValueIsRefused() {
    assertEquals(DeadLetterReason.VALUE, refused(with("run".getBytes(UTF_8), null)).reason());
  }

  @Test
  void anEmptyValueIsRefused() {
    byte[] empty = new byte[0];
    assertEquals(DeadLetterReason.VALUE, refused(with("run".getBytes(UTF_8), empty)).reason());
  }

  @Test
  void aMissingStepIsRefused() {
    record.headers().remove(ChunkHeaders.STEP);
    refusedBecauseOf("lyascope-step is missing", DeadLetterReason.HEADER);
  }

  @Test
  void aStepThatIsNoNumberIsRefused() {
    set(ChunkHeaders.STEP, "7.5");
    refusedBecauseOf("lyascope-step", DeadLetterReason.HEADER);
  }

  @Test
  void aNegativeStepIsRefused() {
    set(ChunkHeaders.STEP, "-1");
    refusedBecauseOf("lyascope-step", DeadLetterReason.HEADER);
  }

  @Test
  void aMissingAttemptIsRefused() {
    record.headers().remove(ChunkHeaders.ATTEMPT);
    refusedBecauseOf("lyascope-attempt is missing", DeadLetterReason.HEADER);
  }

  @Test
  void anAttemptBeyondAnIntegerIsRefused() {
    set(ChunkHeaders.ATTEMPT, "2147483648");
    refusedBecauseOf("lyascope-attempt", DeadLetterReason.HEADER);
  }

  @Test
  void aMissingChunkHeaderIsRefused() {
    record.headers().remove(ChunkHeaders.CHUNK_OF);
    refusedBecauseOf("lyascope-chunk is missing", DeadLetterReason.HEADER);
  }

  @Test
  void aChunkHeaderWithoutACountIsRefused() {
    set(ChunkHeaders.CHUNK_OF, "0");
    refusedBecauseOf("lyascope-chunk", DeadLetterReason.CHUNK);
  }

  @Test
  void aChunkBeyondTheCountIsRefused() {
    set(ChunkHeaders.CHUNK_OF, "3/3");
    refusedBecauseOf("3/3", DeadLetterReason.CHUNK);
  }

  @Test
  void aChunkOfNoneIsRefused() {
    set(ChunkHeaders.CHUNK_OF, "0/0");
    refusedBecauseOf("0/0", DeadLetterReason.CHUNK);
  }

  @Test
  void aHugeCountIsRefusedWithoutAnOverflow() {
    set(ChunkHeaders.CHUNK_OF, "0/99999999999999999999");
    refusedBecauseOf("lyascope-chunk", DeadLetterReason.CHUNK);
  }

  @Test
  void aMissingDigestIsRefused() {
    record.headers().remove(ChunkHeaders.DIGEST);
    refusedBecauseOf("lyascope-digest is missing", DeadLetterReason.HEADER);
  }

  @Test
  void aDigestInUpperCaseIsRefused() {
    set(ChunkHeaders.DIGEST, "A".repeat(64));
    refusedBecauseOf("lyascope-digest", DeadLetterReason.HEADER);
  }

  @Test
  void aSubjectOtherThanTheKeyIsRefused() {
    set(ChunkHeaders.SUBJECT, "another run");
    refusedBecauseOf("ce_subject", DeadLetterReason.HEADER);
  }

  @Test
  void anotherTypeIsRefused() {
    set(ChunkHeaders.TYPE, "io.lyascope.probe.v1");
    refusedBecauseOf("ce_type", DeadLetterReason.HEADER);
  }

  @Test
  void anotherSpecificationIsRefused() {
    set(ChunkHeaders.SPEC_VERSION, "2.0");
    refusedBecauseOf("ce_specversion", DeadLetterReason.HEADER);
  }

  @Test
  void aHeaderThatIsNoUtf8IsRefused() {
    byte[] bytes = {(byte) 0xff, (byte) 0xfe};
    record.headers().remove(ChunkHeaders.DIGEST).add(ChunkHeaders.DIGEST, bytes);
    refusedBecauseOf("lyascope-digest", DeadLetterReason.HEADER);
  }

  @Test
  void hostileTextIsShortenedInMessages() {
    set(ChunkHeaders.STEP, "<script>\n".repeat(1000));
    assertTrue(refused(record).getMessage().length() < 200);
    assertTrue(refused(record).getMessage().lines().count() == 1);
  }

  @Test
  void aProbeNeedsNoStepAndItsRunMayHoldSlashes() throws BrokenRecordException {
    set(ChunkHeaders.TYPE, "io.lyascope.probe.v1");
    set(ChunkHeaders.SUBJECT, "a/b/0");
    record.headers().remove(ChunkHeaders.STEP).remove(ChunkHeaders.ATTEMPT);
    var probe = with("a/b/0/0".getBytes(UTF_8), FILE);
    assertEquals("a/b/0", Records.chunk(FileKind.PROBE, probe, Ticket.NONE).file().run());
  }

  @Test
  void aProbeWhoseKeyHasNoIndexIsRefused() {
    var probe = with("run".getBytes(UTF_8), FILE);
    assertThrows(
        BrokenRecordException.class, () -> Records.chunk(FileKind.PROBE, probe, Ticket.NONE));
  }
}
