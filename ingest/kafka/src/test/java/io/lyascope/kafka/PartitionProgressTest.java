package io.lyascope.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
  private final PartitionProgress progress = new PartitionProgress();

  private Ticket read(long offset) {
    return progress.begin(Chunks.at(0, offset, null, null, new RecordHeaders()));
  }

  @Test
  void nothingIsCommittedBeforeTheFirstRecord() {
    assertTrue(progress.committable().isEmpty());
  }

  @Test
  void theFirstOpenRecordHoldsTheCommitWhateverIsFinishedBehindIt() {
    List<Ticket> tickets = new ArrayList<>();
    for (long offset = 10; offset < 14; offset++) {
      tickets.add(read(offset));
    }
    tickets.get(3).done();
    tickets.get(1).done();
    assertEquals(OptionalLong.of(10), progress.committable());
    tickets.get(0).done();
    assertEquals(OptionalLong.of(12), progress.committable());
    assertEquals(1, progress.open());
    tickets.get(2).done();
    assertEquals(OptionalLong.of(14), progress.committable());
  }

  @Test
  void gapsBetweenOffsetsDoNotMatter() {
    Ticket first = read(5);
    Ticket second = read(900);
    first.done();
    assertEquals(OptionalLong.of(900), progress.committable());
    second.done();
    assertEquals(OptionalLong.of(901), progress.committable());
  }

  @Test
  void aTicketSaidTwiceCountsOnce() {
    Ticket first = read(0);
    read(1);
    first.done();
    first.done();
    assertEquals(OptionalLong.of(1), progress.committable());
  }

  @Test
  void theOldestOpenRecordIsKnown() {
    Ticket first = read(0);
    read(1);
    assertEquals(Optional.of(Instant.ofEpochMilli(1_000)), progress.oldest());
    first.done();
    assertEquals(Optional.of(Instant.ofEpochMilli(1_001)), progress.oldest());
  }
}
