package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.Main;
import io.lyascope.server.programs.NeedsPython;
import io.lyascope.server.programs.Python;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code lyascope analyze} against PyTorch's own modules, autograd and LAPACK's QR, and against 90
 * digits.
 */
@NeedsPython({"numpy", "torch", "mpmath"})
class AnalyzeAgainstPytorchIT {

  private static final Path COMPARE =
      Path.of(
          System.getProperty("lyascope.root"), "monitor/dynamics/src/test/python", "compare.py");

  @Test
  void goldenAndRandomNetworksAgreeToTheBoundsOfTheContract() throws Exception {
    String python = Python.having("numpy", "torch", "mpmath").orElseThrow();
    Process process =
        new ProcessBuilder(python, "-B", COMPARE.toString(), analyzer(), "--random", "30")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains(" cases, 0 off"), output);
  }

  /** The command line of this very build, as a shell would write it. */
  private static String analyzer() {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    return "'%s' --add-modules=jdk.incubator.vector -cp '%s' %s"
        .formatted(java, System.getProperty("java.class.path"), Main.class.getName());
  }
}
