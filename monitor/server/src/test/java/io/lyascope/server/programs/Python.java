package io.lyascope.server.programs;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a Python 3 that has what a test needs. */
public final class Python {

  private Python() {}

  /** The command of the first interpreter that can import all these modules. */
  public static Optional<String> having(String... modules) {
    // A Python of the user's own may hide the system's, which has the distribution's packages.
    return Stream.of("python3", "/usr/bin/python3")
        .filter(python -> succeeds(python, "-c", "import " + String.join(", ", modules)))
        .findFirst();
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking for " + command[0], e);
    }
  }
}
