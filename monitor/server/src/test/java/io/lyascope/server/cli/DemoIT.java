package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.demo.TinyRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DemoIT {

  @TempDir Path folder;

  @Test
  void recordedRunsAreMeasuredAndNothingIsLeftBehind() throws Exception {
    Path recording = TinyRun.record(folder.resolve("recording"), "tiny", 0, 50, 100);
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    try (var demo =
        new LyascopeProcess(temporary, "demo", recording.toString(), "--port=0", "--speed=100")) {
      URI page = demo.page();
      while (!measured(page)) {
        Thread.onSpinWait(); // the class's timeout ends this if it never comes
      }
      assertEquals(200, LyascopeProcess.get(page, "/health/ready").statusCode());
      assertEquals(0, demo.end(), demo.errors());
    }
    assertEquals(List.of("stderr"), names(temporary));
  }

  @Test
  void withoutABrokerTheMonitorServesAndSaysThatItIsNotReady() throws Exception {
    try (var monitor =
        new LyascopeProcess(
            folder, "serve", "--http.port=0", "--kafka.bootstrap.servers=127.0.0.1:1")) {
      URI page = monitor.page();
      assertEquals(200, LyascopeProcess.get(page, "/health/live").statusCode());
      assertEquals(503, LyascopeProcess.get(page, "/health/ready").statusCode());
      assertEquals(0, monitor.end(), monitor.errors());
    }
  }

  @Test
  void anAddressThatOthersReachWantsTokens() throws Exception {
    try (var monitor =
        new LyascopeProcess(folder, "serve", "--http.port=0", "--http.host=0.0.0.0")) {
      assertEquals(ExitCode.USAGE.status(), monitor.awaitEnd());
      assertTrue(monitor.errors().contains("auth.viewer.token"), monitor.errors());
    }
  }

  private static boolean measured(URI page) throws IOException, InterruptedException {
    String metrics = LyascopeProcess.get(page, "/metrics").body();
    return metrics.lines().anyMatch(line -> line.startsWith("lyascope_exponent_max{run=\"tiny-"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("hsperfdata"))
          .toList();
    }
  }
}
