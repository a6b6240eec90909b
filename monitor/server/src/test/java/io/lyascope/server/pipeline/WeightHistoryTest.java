package io.lyascope.server.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.dynamics.WeightUpdate;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Snapshot;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WeightHistoryTest {

  /** The recurrent matrix of a tiny network has nine numbers. */
  private static final long TWO_RUNS = 2 * 9 * Double.BYTES;

  private final WeightHistory history = new WeightHistory(TWO_RUNS);

  @Test
  void theSecondSnapshotOfARunHasAnUpdateSinceTheFirst() {
    assertTrue(update("a", 0, 10).isEmpty());
    WeightUpdate update = update("a", 0, 20).orElseThrow();
    assertEquals(10, update.since());
    assertEquals(3, update.ranks().together().rank());
    assertEquals(20, update("a", 0, 30).orElseThrow().since());
  }

  @Test
  void runsAndAttemptsAreComparedWithThemselvesOnly() {
    assertTrue(update("a", 0, 10).isEmpty());
    assertTrue(update("b", 0, 20).isEmpty());
    assertTrue(update("a", 1, 20).isEmpty());
    assertEquals(20, update("a", 1, 30).orElseThrow().since());
  }

  @Test
  void anotherFileOfTheSameStepIsNoUpdate() {
    assertTrue(update("a", 0, 10).isEmpty());
    assertTrue(update("a", 0, 10).isEmpty());
  }

  @Test
  void theRunThatRestedLongestIsForgottenWhereMemoryRunsShort() {
    update("a", 0, 10);
    update("b", 0, 10);
    update("a", 0, 20);
    update("c", 0, 10);
    assertTrue(update("b", 0, 20).isEmpty(), "b had to make room for c");
    assertTrue(update("c", 0, 20).isPresent());
  }

  private Optional<WeightUpdate> update(String run, int attempt, long step) {
    Snapshot read = Snapshot.read(TinyNetwork.snapshot(run, step, 1), Limits.DEFAULT);
    return history.update(
        new Snapshot(
            run,
            attempt,
            step,
            OptionalDouble.empty(),
            read.architecture(),
            read.scalars(),
            read.file()));
  }
}
