package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReassemblyTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration MINUTE = Duration.ofSeconds(60);

  private final Chunks chunks = new Chunks();
  private final Reassembly reassembly =
      new Reassembly(new IngestLimits(10_000, 20_000, 30_000, 10_000, MINUTE, MINUTE));

  private List<Outcome> offer(List<Chunk> some, Instant now) {
    List<Outcome> outcomes = new ArrayList<>();
    some.forEach(chunk -> outcomes.addAll(reassembly.offer(chunk, now)));
    return outcomes;
  }

  private static AssembledFile whole(List<Outcome> outcomes) {
    assertEquals(1, outcomes.size(), outcomes::toString);
    return assertInstanceOf(Outcome.Whole.class, outcomes.getFirst()).file();
  }

  private static Outcome.Broken broken(List<Outcome> outcomes) {
    assertEquals(1, outcomes.size(), outcomes::toString);
    return assertInstanceOf(Outcome.Broken.class, outcomes.getFirst());
  }

  private static Outcome.Dropped dropped(List<Outcome> outcomes) {
    assertEquals(1, outcomes.size(), outcomes::toString);
    return assertInstanceOf(Outcome.Dropped.class, outcomes.getFirst());
  }

  @Test
  void chunksInAnyOrderAndBetweenThoseOfOthersBecomeTheirFiles() {
    List<Chunk> mixed = new ArrayList<>();
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] file = Chunks.file(1000 + i, i);
      files.add(file);
      mixed.addAll(chunks.chunks(Chunks.id("run-" + i % 3, i, file, 5), file));
    }
    Collections.shuffle(mixed, new Random(7));
    List<Outcome> outcomes = offer(mixed, NOON);
    assertEquals(6, outcomes.size());
    for (Outcome outcome : outcomes) {
      AssembledFile file = assertInstanceOf(Outcome.Whole.class, outcome).file();
      assertArrayEquals(files.get((int) file.id().step()), file.bytes());
    }
    assertEquals(0, reassembly.cost());
  }

  @Test
  void theFirstChunkSaysWhenTheFileWasPublished() {
    byte[] file = Chunks.file(100, 1);
    List<Chunk> parts = chunks.chunks(Chunks.id("r", 1, file, 4), file).reversed();
    assertEquals(Instant.parse("2026-11-22T12:00:00Z"), whole(offer(parts, NOON)).published());
  }

  @Test
  void theOriginalRecordsCanBeHadAgain() {
    byte[] file = Chunks.file(100, 1);
    List<Chunk> parts = chunks.chunks(Chunks.id("r", 1, file, 7), file);
    List<Chunk> originals = whole(offer(parts, NOON)).originals();
    for (int i = 0; i < parts.size(); i++) {
      assertArrayEquals(parts.get(i).record().value(), originals.get(i).record().value());
      assertEquals(parts.get(i).record().offset(), originals.get(i).record().offset());
      assertEquals(parts.get(i).record().headers(), originals.get(i).record().headers());
    }
  }

  @Test
  void aRepeatedChunkIsLeftOut() {
    byte[] file = Chunks.file(100, 1);
    List<Chunk> parts = chunks.chunks(Chunks.id("r", 1, file, 2), file);
    assertEquals(List.of(), offer(parts.subList(0, 1), NOON));
    assertInstanceOf(Outcome.Repeated.class, offer(parts.subList(0, 1), NOON).getFirst());
    assertArrayEquals(file, whole(offer(parts.subList(1, 2), NOON)).bytes());
  }

  @Test
  void aLateRepeatedChunkDoesNotBeginTheFileAnew() {
    byte[] file = Chunks.file(100, 1);
    List<Chunk> parts = chunks.chunks(Chunks.id("r", 1, file, 2), file);
    whole(offer(parts, NOON));
    assertInstanceOf(Outcome.Repeated.class, offer(parts.subList(1, 2), NOON).getFirst());
    assertEquals(List.of(), reassembly.overdue(NOON.plus(MINUTE)));
  }

  @Test
  void aFileThatComesAgainIsADuplicateOnce() {
    byte[] file = Chunks.file(100, 1);
    List<Chunk> parts = chunks.chunks(Chunks.id("r", 1, file, 2), file);
    whole(offer(parts, NOON));
    List<Outcome> again = offer(parts, NOON.plusSeconds(1));
    assertEquals(3, again.size());
    assertInstanceOf(Outcome.Again.class, again.getLast());
  }

  @Test
  void aFileThatComesAgainMuchLaterIsHandedOnAgain() {
    byte[] file = Chunks.file(100, 1);
    List<Chunk> parts = chunks.chunks(Chunks.id("r", 1, file, 2), file);
    whole(offer(parts, NOON));
    whole(offer(parts, NOON.plus(MINUTE).plusSeconds(1)));
  }

  @Test
  void aMissingChunkMakesTheFileOverdueAMinuteAfterTheLastNewOne() {
    byte[] file = Chunks.file(100, 1);
    List<Chunk> parts = chunks.chunks(Chunks.id("r", 1, file, 3), file);
    offer(parts.subList(0, 1), NOON);
    offer(parts.subList(2, 3), NOON.plusSeconds(30));
    assertEquals(List.of(), reassembly.overdue(NOON.plusSeconds(89)));
    List<FileId> overdue = reassembly.overdue(NOON.plusSeconds(90));
    assertEquals(1, overdue.size());
    Outcome.Dropped given =
        assertInstanceOf(
            Outcome.Dropped.class, reassembly.giveUp(overdue.getFirst()).orElseThrow());
    assertEquals(SnapshotResult.INCOMPLETE, given.result());
    assertEquals(2, given.chunks().size());
    assertEquals(0, reassembly.cost());
  }

  @Test
  void aFileThatWasGivenUpMaySucceedWhenItIsSentAgain() {
    byte[] file = Chunks.file(100, 1);
    FileId id = Chunks.id("r", 1, file, 2);
    List<Chunk> parts = chunks.chunks(id, file);
    offer(parts.subList(0, 1), NOON);
    assertTrue(reassembly.giveUp(id).isPresent());
    assertArrayEquals(file, whole(offer(parts, NOON)).bytes());
  }

  @Test
  void aWrongDigestBreaksTheFileAndNotTheNextAttemptToSendIt() {
    byte[] file = Chunks.file(100, 1);
    FileId id = Chunks.id("r", 1, file, 2);
    List<Chunk> parts = chunks.chunks(id, file);
    byte[] other = parts.get(1).bytes().clone();
    other[3] ^= 1;
    List<Chunk> bent = List.of(parts.get(0), Chunks.chunk(chunks.record(id, 1, other)));
    Outcome.Broken broken = broken(offer(bent, NOON));
    assertEquals(DeadLetterReason.DIGEST, broken.reason());
    assertEquals(2, broken.chunks().size());
    assertArrayEquals(file, whole(offer(parts, NOON)).bytes());
  }

  @Test
  void anotherContentForTheSameChunkIsAConflictAndTheFirstStays() {
    byte[] file = Chunks.file(100, 1);
    FileId id = Chunks.id("r", 1, file, 2);
    List<Chunk> parts = chunks.chunks(id, file);
    offer(parts.subList(0, 1), NOON);
    Chunk liar = Chunks.chunk(chunks.record(id, 0, Chunks.file(50, 2)));
    assertEquals(DeadLetterReason.CONFLICT, broken(offer(List.of(liar), NOON)).reason());
    assertArrayEquals(file, whole(offer(parts.subList(1, 2), NOON)).bytes());
  }

  @Test
  void aChunkThatLiesAboutTheCountIsFoundOutAndSpoilsNothing() {
    byte[] file = Chunks.file(100, 1);
    FileId id = Chunks.id("r", 1, file, 2);
    List<Chunk> parts = chunks.chunks(id, file);
    FileId lie = Chunks.id("r", 1, file, 200_000_000);
    Chunk before = Chunks.chunk(chunks.record(lie, 0, Chunks.file(50, 2)));
    Chunk after = Chunks.chunk(chunks.record(lie, 1, Chunks.file(50, 2)));
    assertEquals(List.of(), offer(List.of(before), NOON));
    List<Outcome> outcomes = offer(parts, NOON);
    assertArrayEquals(file, whole(outcomes.subList(0, 1)).bytes());
    assertEquals(DeadLetterReason.CHUNK, broken(outcomes.subList(1, 2)).reason());
    assertEquals(DeadLetterReason.CHUNK, broken(offer(List.of(after), NOON)).reason());
    assertEquals(0, reassembly.cost());
  }

  @Test
  void chunksWithDifferentDigestsAreDifferentFiles() {
    byte[] file = Chunks.file(100, 1);
    byte[] other = Chunks.file(100, 2);
    List<Chunk> parts = chunks.chunks(Chunks.id("r", 1, file, 2), file);
    List<Chunk> others = chunks.chunks(Chunks.id("r", 1, other, 2), other);
    assertEquals(List.of(), offer(List.of(parts.get(0), others.get(1)), NOON));
    assertEquals(2, reassembly.overdue(NOON.plus(MINUTE)).size());
  }

  @Test
  void aFileAboveTheLimitIsDroppedAsOversizeAndItsOtherChunksAreLeftOut() {
    byte[] file = Chunks.file(10_001, 1);
    List<Chunk> parts = chunks.chunks(Chunks.id("r", 1, file, 3), file);
    assertEquals(SnapshotResult.OVERSIZE, dropped(offer(parts, NOON)).result());
    assertInstanceOf(Outcome.Repeated.class, offer(parts.subList(1, 2), NOON).getFirst());
    assertEquals(0, reassembly.cost());
  }

  @Test
  void aRunAboveItsShareLosesItsOwnStalestFile() {
    byte[] first = Chunks.file(9_000, 1);
    byte[] second = Chunks.file(9_000, 2);
    byte[] third = Chunks.file(9_000, 3);
    FileId id = Chunks.id("greedy", 1, first, 2);
    byte[] small = Chunks.file(100, 4);
    List<Chunk> innocent = chunks.chunks(Chunks.id("modest", 1, small, 2), small);
    offer(innocent.subList(0, 1), NOON.minusSeconds(30));
    offer(List.of(big(id, first)), NOON);
    offer(List.of(big(Chunks.id("greedy", 2, second, 2), second)), NOON.plusSeconds(1));
    Outcome.Dropped dropped =
        dropped(offer(List.of(big(Chunks.id("greedy", 3, third, 2), third)), NOON.plusSeconds(2)));
    assertEquals(id, dropped.file());
    assertEquals(SnapshotResult.INCOMPLETE, dropped.result());
    assertArrayEquals(small, whole(offer(innocent.subList(1, 2), NOON)).bytes());
  }

  @Test
  void allRunsTogetherStayWithinTheTotalAtTheExpenseOfTheLargest() {
    byte[] big = Chunks.file(9_000, 1);
    byte[] small = Chunks.file(4_000, 2);
    FileId greedy = Chunks.id("greedy", 1, big, 2);
    offer(List.of(big(Chunks.id("modest", 1, small, 2), small)), NOON.minusSeconds(50));
    offer(List.of(big(greedy, big)), NOON);
    offer(List.of(big(Chunks.id("greedy", 2, big, 2), big)), NOON.plusSeconds(1));
    Outcome.Dropped dropped =
        dropped(offer(List.of(big(Chunks.id("late", 1, big, 2), big)), NOON.plusSeconds(2)));
    assertEquals(greedy, dropped.file());
    assertTrue(reassembly.cost() <= 30_000);
  }

  @Test
  void aFloodOfBeginningsStaysWithinItsNumber() {
    var roomy = new Reassembly(new IngestLimits(1L << 30, 1L << 30, 1L << 30, 1, MINUTE, MINUTE));
    byte[] file = Chunks.file(10, 1);
    List<Outcome> outcomes = new ArrayList<>();
    for (int step = 0; step < 4_100; step++) {
      outcomes.addAll(roomy.offer(big(Chunks.id("r" + step % 3, step, file, 2), file), NOON));
    }
    assertEquals(4, outcomes.size());
    assertEquals(4_096, roomy.overdue(NOON.plus(MINUTE)).size());
  }

  @Test
  void headersCountAsMemory() {
    byte[] file = Chunks.file(10, 1);
    var record = chunks.record(Chunks.id("r", 1, file, 2), 0, file);
    record.headers().add("stuffing", new byte[25_000]);
    assertEquals(
        SnapshotResult.INCOMPLETE, dropped(offer(List.of(Chunks.chunk(record)), NOON)).result());
  }

  @Test
  void aForgottenPartitionTakesItsFilesWithItAndTheyMayComeAgain() {
    byte[] file = Chunks.file(100, 1);
    byte[] other = Chunks.file(100, 2);
    List<Chunk> parts = chunks.chunks(Chunks.id("r", 1, file, 2), file);
    List<Chunk> others = chunks.chunks(Chunks.id("r", 2, other, 2), other);
    whole(offer(parts, NOON));
    offer(others.subList(0, 1), NOON);
    assertEquals(List.of(), reassembly.forget(new TopicPartition(Chunks.TOPIC, 0)));
    assertEquals(0, reassembly.cost());
    whole(offer(parts, NOON));
    whole(offer(others, NOON));
  }

  private Chunk big(FileId id, byte[] value) {
    return Chunks.chunk(chunks.record(id, 0, value));
  }
}
