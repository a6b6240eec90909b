package io.lyascope.server.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.fact.Fact;
import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.RunCommand;
import io.lyascope.snapshot.RunCommand.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CommandBookTest {

  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  private Instant now = START;
  private final CommandBook book = new CommandBook(() -> now);
  private final List<String> told = new ArrayList<>();

  private void issue(Kind kind, String id) {
    book.accept(
        new Fact.ControlSeen(
            new RunCommand(
                kind,
                id,
                "r",
                OptionalInt.empty(),
                Optional.of("chaotic"),
                Optional.of(now),
                Optional.of(now.plusSeconds(600)),
                Optional.of("an operator"))));
  }

  private void answer(String id, CommandAck.State state) {
    book.accept(
        new Fact.ControlSeen(
            new CommandAck(id, "r", 0, state, Optional.empty(), Optional.of(now))));
  }

  private List<CommandState> states() {
    return book.of("r").stream().map(CommandStatus::state).toList();
  }

  private List<String> pending() {
    return book.pending("r").stream().map(RunCommand::id).toList();
  }

  @Test
  void aCommandIsPendingUntilItIsAnswered() {
    issue(Kind.STOP, "c1");
    assertEquals(List.of("c1"), pending());
    assertEquals(List.of("r"), book.unanswered());
    answer("c1", CommandAck.State.RECEIVED);
    assertEquals(List.of(), pending());
    assertEquals(List.of(), book.unanswered());
    assertEquals(List.of(CommandState.RECEIVED), states());
  }

  @Test
  void itsStateOnlyGoesForward() {
    issue(Kind.STOP, "c1");
    answer("c1", CommandAck.State.SAVED);
    answer("c1", CommandAck.State.RECEIVED);
    assertEquals(List.of(CommandState.SAVED), states());
    answer("c1", CommandAck.State.STOPPED);
    answer("c1", CommandAck.State.REFUSED);
    assertEquals(List.of(CommandState.STOPPED), states());
  }

  @Test
  void expiresByTheClockAloneAndStaysUnanswered() {
    book.watch(told::add);
    issue(Kind.STOP, "c1");
    now = START.plusSeconds(599);
    book.tick();
    assertEquals(List.of("r"), told);
    now = START.plusSeconds(600);
    assertEquals(List.of(), pending());
    book.tick();
    assertEquals(List.of("r", "r"), told);
    assertEquals(List.of(CommandState.EXPIRED), states());
    assertEquals(List.of("r"), book.unanswered());
  }

  @Test
  void anAnswerThatComesAfterTheExpiryCounts() {
    issue(Kind.STOP, "c1");
    now = START.plusSeconds(700);
    answer("c1", CommandAck.State.RECEIVED);
    assertEquals(List.of(CommandState.RECEIVED), states());
  }

  @Test
  void aVetoTakesBackEarlierStopsAndNoLaterOnes() {
    issue(Kind.STOP, "c1");
    issue(Kind.VETO, "c2");
    assertEquals(List.of("c2"), pending());
    assertEquals(List.of(), book.unanswered());
    issue(Kind.STOP, "c3");
    assertEquals(
        List.of(CommandState.WITHDRAWN, CommandState.ISSUED, CommandState.ISSUED), states());
    assertEquals(List.of("c2", "c3"), pending());
  }

  @Test
  void ofAStopAndAVetoTheOneThatWasIssuedLastHoldsInWhateverOrderTheyCome() {
    now = START.plusSeconds(2);
    issue(Kind.VETO, "c2");
    now = START.plusSeconds(1);
    issue(Kind.STOP, "c1");
    assertEquals(List.of("c2"), pending());
    now = START.plusSeconds(3);
    issue(Kind.STOP, "c4");
    now = START.plusSeconds(2);
    issue(Kind.VETO, "c3");
    assertEquals(List.of("c2", "c4", "c3"), pending());
  }

  @Test
  void aVetoThatIsRefusedOrComesTooLateTakesNothingBack() {
    issue(Kind.STOP, "c1");
    answer("c1", CommandAck.State.RECEIVED);
    issue(Kind.VETO, "c2");
    assertEquals(List.of(CommandState.WITHDRAWN, CommandState.ISSUED), states());
    answer("c2", CommandAck.State.REFUSED);
    assertEquals(List.of(CommandState.RECEIVED, CommandState.REFUSED), states());
    answer("c1", CommandAck.State.SAVED);
    issue(Kind.VETO, "c3");
    assertEquals(CommandState.SAVED, states().getFirst());
  }

  @Test
  void anAnswerMayComeBeforeItsCommand() {
    answer("c1", CommandAck.State.STOPPED);
    assertEquals(List.of(), states());
    issue(Kind.STOP, "c1");
    assertEquals(List.of(CommandState.STOPPED), states());
  }

  @Test
  void aCommandThatComesTwiceIsOne() {
    issue(Kind.STOP, "c1");
    now = START.plusSeconds(300);
    issue(Kind.STOP, "c1");
    assertEquals(1, book.of("r").size());
    assertEquals(Optional.of(START), book.of("r").getFirst().command().issued());
  }

  @Test
  void onlyTheNewestCommandsAreKept() {
    for (int i = 0; i < CommandLog.KEPT + 10; i++) {
      issue(Kind.STOP, "c" + i);
    }
    assertEquals(CommandLog.KEPT, book.of("r").size());
    assertEquals("c10", book.of("r").getFirst().command().id());
  }

  @Test
  void whatIsShownIsBounded() {
    var endless =
        new RunCommand(
            Kind.STOP,
            "c",
            "r",
            OptionalInt.empty(),
            Optional.of("x".repeat(900_000)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    book.accept(new Fact.ControlSeen(endless));
    assertTrue(book.of("r").getFirst().toFields().toString().length() < 1000);
  }
}
