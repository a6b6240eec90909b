package io.lyascope.server;

import io.lyascope.server.cli.CommandLine;
import io.lyascope.server.cli.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the process starts. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] words) {
    // UTF-8 whatever the locale says: what is printed is mostly JSON.
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int status = CommandLine.run(List.of(words), new Terminal(out, err, System.getenv())).status();
    out.flush();
    System.exit(status);
  }
}
