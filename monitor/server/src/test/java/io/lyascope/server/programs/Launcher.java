package io.lyascope.server.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The script that users start, in an installed copy: beside the jars that the build has made. */
public final class Launcher {

  private static final Path JARS = Programs.ROOT.resolve("monitor/server/target/app/lib");

  private final Path script;

  private Launcher(Path script) {
    this.script = script;
  }

  /** Installs it into a new folder {@code lyascope} below this one. */
  public static Launcher install(Path folder) throws IOException {
    Path installed = Files.createDirectory(folder.resolve("lyascope"));
    Files.createSymbolicLink(installed.resolve("lib"), JARS);
    return new Launcher(
        Files.copy(Programs.ROOT.resolve("lyascope"), installed.resolve("lyascope")));
  }

  /** A command that has not been started, under this JVM's Java; its stderr goes to its stdout. */
  public ProcessBuilder command(String... words) {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }
}
