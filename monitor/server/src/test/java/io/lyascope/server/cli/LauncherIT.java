package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.demo.TinyRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in an installed copy: beside the jars that the build has put together. */
class LauncherIT {

  private static final Path ROOT = Path.of(System.getProperty("lyascope.root"));
  private static final Path JARS = ROOT.resolve("monitor/server/target/app/lib");

  @TempDir Path folder;

  private Path launcher;
  private Path elsewhere;

  @BeforeEach
  void install() throws IOException {
    Path installed = Files.createDirectory(folder.resolve("an installed copy"));
    Files.createSymbolicLink(installed.resolve("lib"), JARS);
    launcher = Files.copy(ROOT.resolve("lyascope"), installed.resolve("lyascope"));
    elsewhere = Files.createDirectory(folder.resolve("else where"));
  }

  @Test
  void filesAreRelativeToTheFolderOneIsIn() throws Exception {
    Files.write(elsewhere.resolve("my snapshot"), TinyRun.snapshot("tiny", 1));
    Files.write(elsewhere.resolve("my probe"), TinyRun.probe("{}"));
    String[] analyze = {"analyze", "my snapshot", "--probe", "my probe", "--json"};
    Done first = run(launcher, analyze);
    assertEquals(0, first.status(), first.err());
    assertTrue(first.out().startsWith("{\"file\":\"my snapshot\",\"run\":\"tiny\""), first.out());
    // The second start uses what the first one has archived, and says no more than the first: what
    // the JVM has to say of any module that is not final yet.
    Done second = run(launcher, analyze);
    assertEquals(1, second.out().lines().count(), second.out());
    assertEquals("WARNING: Using incubator modules: jdk.incubator.vector", second.err().strip());
  }

  @Test
  void aLinkToTheScriptWorksAndExitCodesPassThrough() throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), launcher);
    assertTrue(run(link, "version").out().startsWith("lyascope "));
    assertEquals(2, run(link, "nonsense").status());
  }

  @Test
  void anOldJavaIsPassedOver() throws Exception {
    Path old = Files.createDirectories(folder.resolve("jdk-17/bin")).getParent();
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.12\"\n");
    Files.createFile(old.resolve("bin/java")).toFile().setExecutable(true);
    Done done = run(launcher, old, "version");
    assertEquals(0, done.status(), done.err());
  }

  private record Done(int status, String out, String err) {}

  private Done run(Path script, String... words) throws Exception {
    return run(script, Path.of(System.getProperty("java.home")), words);
  }

  private Done run(Path script, Path javaHome, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(words));
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(elsewhere.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    // Whatever runs this test, its Java is the one that a search finds.
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", java, (path, bin) -> bin + ":" + path);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Done(process.waitFor(), out, Files.readString(err));
  }
}
