package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.BrokerFixture;
import io.lyascope.server.Monitor;
import io.lyascope.server.Waiting;
import io.lyascope.server.config.Config;
import io.lyascope.server.demo.TinyRun;
import io.lyascope.server.results.ResultsReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus of runs that a monitor measured on a real broker. */
class ExportCorpusIT {

  private final Map<String, String> keys = BrokerFixture.keys();
  private final Config config = Config.of(keys);
  private final Console console = new Console();

  @TempDir Path folder;

  @Test
  void finishedRunsOfAClusterAreTheSameCorpusAsTheirRecordings() throws IOException {
    Path one = TinyRun.record(folder.resolve("one"), "one", 0, 50);
    Path two = TinyRun.record(folder.resolve("two"), "two", 10, 60);
    try (Monitor _ = Monitor.start(config)) {
      run("replay", one.toString(), two.toString(), "--speed", "100");
      Waiting.until("four readings", () -> readings() == 4, console::err);
    }
    Path online = folder.resolve("online");
    assertEquals(ExitCode.OK, run("export", "--corpus", online.toString()), console.err());
    assertTrue(console.err().contains("2 kept"), console.err());
    Path offline = folder.resolve("offline");
    assertEquals(
        ExitCode.OK,
        run("export", one.toString(), two.toString(), "--corpus", offline.toString()),
        console.err());
    assertEquals(lines(offline), lines(online));
  }

  @Test
  void aClusterWithoutFinishedRunsGivesNoCorpus() throws IOException {
    Path one = TinyRun.record(folder.resolve("one"), "one", 0);
    run("replay", one.toString(), "--speed", "1000");
    Path out = folder.resolve("none");
    assertEquals(ExitCode.FAILURE, run("export", "--corpus", out.toString()));
    assertTrue(console.err().contains("1 without spectra"), console.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void whatDoesNotGoTogetherIsAUsageError() {
    assertEquals(ExitCode.USAGE, run("export", "--corpus", "c", "--out", "x.zip"));
    assertEquals(ExitCode.USAGE, run("export", "run", "--out", "x.zip", "--task", "t"));
    assertEquals(ExitCode.USAGE, run("export", "--corpus", "c", "--goal", "win"));
    assertEquals(ExitCode.USAGE, run("export", "--corpus", "c", "--protocol", "{\"steps\":3}"));
  }

  private long readings() {
    var readings = new AtomicLong();
    new ResultsReader(config.kafka().cluster()).readAll(_ -> readings.incrementAndGet());
    return readings.get();
  }

  private static List<String> lines(Path corpus) throws IOException {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(corpus.resolve("runs.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private ExitCode run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    for (String key : List.of("kafka.bootstrap.servers", "kafka.topic.prefix")) {
      all.addAll(List.of("--" + key, keys.get(key)));
    }
    return console.run(all.toArray(String[]::new));
  }
}
