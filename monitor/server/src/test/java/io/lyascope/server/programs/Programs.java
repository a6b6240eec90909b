package io.lyascope.server.programs;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Programs of the machine. */
public final class Programs {

  /** The root of the source tree. */
  public static final Path ROOT = Path.of(System.getProperty("lyascope.root"));

  private Programs() {}

  /** Where a command is on the path. */
  public static Optional<Path> find(String command) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What became of a command that was run to its end. */
  public record Outcome(int status, String output) {}

  /** Runs a command in the root of the source tree. */
  public static Outcome run(List<String> command) throws IOException, InterruptedException {
    return run(ROOT, command);
  }

  /** Runs a command in a folder. */
  static Outcome run(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
