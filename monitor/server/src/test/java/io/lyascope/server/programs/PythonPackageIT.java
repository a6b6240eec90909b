package io.lyascope.server.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The checks and tests of the Python package, so that one command tests everything. Those of a
 * framework that is not installed are left out, as the programs of our own tests are.
 */
@NeedsPython({"lyascope", "mypy", "numpy", "pytest", "ruff"})
class PythonPackageIT {

  @Test
  void isFormatted() throws Exception {
    run("ruff", "format", "--check", ".");
  }

  @Test
  void isLinted() throws Exception {
    run("ruff", "check", ".");
  }

  @Test
  void isTyped() throws Exception {
    run("mypy");
  }

  @Test
  void passesItsTestsAgainstThisMonitorAndBroker() throws Exception {
    boolean all = "fail".equals(System.getProperty("lyascope.missing"));
    run("pytest", "--missing=" + (all ? "fail" : "leave-out"))
        .lines()
        .filter(line -> line.startsWith("LEFT OUT"))
        .forEach(System.out::println);
  }

  /** What a module says, which must end well. */
  private static String run(String module, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Python.having("lyascope", "mypy", "numpy", "pytest", "ruff").orElseThrow());
    command.addAll(List.of("-m", module));
    command.addAll(List.of(arguments));
    Programs.Outcome outcome = Programs.run(Programs.ROOT.resolve("ingest/python"), command);
    assertEquals(0, outcome.status(), outcome.output());
    return outcome.output();
  }
}
