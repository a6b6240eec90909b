package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandLinePageTest {

  @Test
  void thePageDescribesEveryCommandAndEveryOptionOfItsOwn() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("lyascope.root"), "docs", "command-line.md"));
    for (String name : Commands.names()) {
      assertTrue(page.contains("## `" + name + "`"), name);
      for (Option option : Commands.find(name).orElseThrow().usage().options()) {
        assertTrue(page.contains(option.name()), name + " " + option.name());
      }
    }
  }
}
