package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static final Option SPEED = new Option("--speed", "X", "how fast");
  private static final Option QUIET = new Option("--quiet", "", "say less");
  private static final Option WITH = Option.list("--with", "[NAME...]", "who plays along");
  private static final Usage USAGE =
      new Usage("play", "FILE", "Plays.", List.of(SPEED, QUIET, WITH), Usage.Keys.TAKEN);

  @Test
  void optionsOperandsAndKeysAreSortedOut() {
    Arguments arguments = parse("a b", "--speed", "2", "--http.port=9", "--quiet", "-", "c");
    assertEquals(List.of("a b", "-", "c"), arguments.operands());
    assertEquals(Optional.of("2"), arguments.value(SPEED));
    assertTrue(arguments.has(QUIET));
    assertEquals(Map.of("http.port", "9"), arguments.keys());
  }

  @Test
  void aValueMayBeEmptyHoldAnEqualsSignOrLookLikeAnOption() {
    assertEquals(Optional.of("a=b"), parse("--speed=a=b").value(SPEED));
    assertEquals(Optional.of(""), parse("--speed=").value(SPEED));
    assertEquals(Optional.of("-1"), parse("--speed", "-1").value(SPEED));
  }

  @Test
  void anOptionOfManyValuesTakesAllUpToTheNextOption() {
    Arguments arguments = parse("a", "--with", "b", "c d", "--quiet", "e");
    assertEquals(List.of("b", "c d"), arguments.values(WITH));
    assertEquals(List.of("a", "e"), arguments.operands());
    assertTrue(arguments.has(QUIET));
    assertEquals(List.of("b"), parse("--with=b", "c").values(WITH));
    assertEquals(List.of(), parse("--with").values(WITH));
    assertTrue(parse("--with").has(WITH));
    assertEquals(List.of(), parse("--quiet").values(WITH));
  }

  @Test
  void everythingAfterTwoDashesIsAnOperand() {
    assertEquals(List.of("--speed", "-x"), parse("--", "--speed", "-x").operands());
  }

  @Test
  void whatMakesNoSenseIsNamed() {
    assertMessage("--speed needs a value", "--speed");
    assertMessage("--quiet takes no value", "--quiet=yes");
    assertMessage("--speed is given twice", "--speed", "1", "--speed", "2");
    assertMessage("play has no option --sped; the nearest is --speed", "--sped", "1");
  }

  private static void assertMessage(String message, String... words) {
    UsageException wrong = assertThrows(UsageException.class, () -> parse(words));
    assertEquals(message, wrong.getMessage());
  }

  private static Arguments parse(String... words) {
    return Arguments.parse(USAGE, List.of(words));
  }
}
