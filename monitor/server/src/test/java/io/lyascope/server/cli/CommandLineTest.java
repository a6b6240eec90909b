package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  private final Console console = new Console();

  @Test
  void theVersionIsDataOnStdout() throws JsonException {
    assertEquals(ExitCode.OK, console.run("version", "--json"));
    JsonObject version = JsonObject.parse(console.out());
    assertTrue(version.requiredString("version").matches("\\d+\\.\\d+\\.\\d+.*"), console.out());
    assertTrue(version.requiredString("java").startsWith("25"), console.out());
    assertEquals("", console.err());
  }

  @Test
  void anUnknownCommandIsAUsageErrorThatNamesTheNearest() {
    assertEquals(ExitCode.USAGE, console.run("versoin"));
    assertTrue(console.err().contains("no command versoin"), console.err());
    assertTrue(console.err().contains("nearest is version"), console.err());
    assertEquals("", console.out());
  }

  @Test
  void noCommandIsAUsageErrorThatListsThem() {
    assertEquals(ExitCode.USAGE, console.run());
    Commands.names().forEach(name -> assertTrue(console.err().contains("  " + name), name));
  }

  @Test
  void everyCommandExplainsItself() {
    for (String name : Commands.names()) {
      assertEquals(ExitCode.OK, console.run(name, "--help"));
      assertTrue(console.out().contains("usage: lyascope " + name), console.out());
    }
  }

  @Test
  void unknownOptionsAndStrayOperandsAreUsageErrors() {
    assertEquals(ExitCode.USAGE, console.run("version", "--jsno"));
    assertTrue(console.err().contains("--json"), console.err());
    assertEquals(ExitCode.USAGE, console.run("version", "please"));
    assertTrue(console.err().contains("please"), console.err());
  }

  @Test
  void theEffectiveConfigurationTakesFlagsInBothSpellings() {
    assertEquals(
        ExitCode.OK,
        console.run("config", "--effective", "--http.port", "9090", "--kafka.topic.prefix=lab"));
    assertTrue(console.out().contains("http.port: 9090 # flag --http.port"), console.out());
    assertTrue(console.out().contains("kafka.topic.prefix: lab"), console.out());
  }

  @Test
  void aWrongConfigurationIsAUsageError() {
    assertEquals(ExitCode.USAGE, console.run("config", "--effective", "--http.prot", "9090"));
    assertTrue(console.err().contains("http.port"), console.err());
    assertEquals(ExitCode.USAGE, console.run("config", "--config", "no/such/file.yaml"));
    assertTrue(console.err().contains("no/such/file.yaml"), console.err());
  }
}
