package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.BrokerFixture;
import io.lyascope.server.demo.TinyRun;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportIT {

  private final Map<String, String> keys = BrokerFixture.keys();
  private final Console console = new Console();

  @TempDir Path folder;

  @Test
  void aRunComesBackAsTheRecordingThatItWas() throws IOException, JsonException {
    Path original = TinyRun.record(folder.resolve("tiny"), "tiny", 0, 10, 100);
    Path other = TinyRun.record(folder.resolve("other"), "other", 0);
    assertEquals(
        ExitCode.OK,
        run("replay", original.toString(), other.toString(), "--speed", "1000"),
        console.err());
    for (String name : List.of("back.zip", "back")) {
      Path out = folder.resolve("new").resolve(name);
      assertEquals(ExitCode.OK, run("export", "tiny", "--out", out.toString()), console.err());
      assertTrue(console.err().contains("3 snapshots"), console.err());
      assertSame(original, out);
    }
  }

  private static void assertSame(Path original, Path exported) throws IOException, JsonException {
    try (Recording wanted = Recording.open(original);
        Recording found = Recording.open(exported)) {
      assertEquals(wanted.run(), found.run());
      assertArrayEquals(wanted.probe(), found.probe());
      assertEquals(wanted.scalars(), found.scalars());
      assertEquals(wanted.snapshots().size(), found.snapshots().size());
      for (int i = 0; i < wanted.snapshots().size(); i++) {
        assertEquals(wanted.snapshots().get(i).step(), found.snapshots().get(i).step());
        assertArrayEquals(wanted.snapshots().get(i).read(), found.snapshots().get(i).read());
      }
    }
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    Path recording = TinyRun.record(folder.resolve("tiny"), "tiny", 0);
    run("replay", recording.toString(), "--speed", "1000");
    for (String name : List.of("nobody", "nobody.zip")) {
      Path out = folder.resolve(name);
      assertEquals(ExitCode.FAILURE, run("export", "nobody", "--out", out.toString()));
      assertTrue(console.err().contains("nothing of a run nobody"), console.err());
      assertFalse(Files.exists(out));
    }
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken.zip"), "precious");
    assertEquals(ExitCode.USAGE, run("export", "tiny", "--out", taken.toString()));
    assertEquals("precious", Files.readString(taken));
    assertEquals(ExitCode.USAGE, run("export", "tiny"));
  }

  private ExitCode run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    for (String key : List.of("kafka.bootstrap.servers", "kafka.topic.prefix")) {
      all.addAll(List.of("--" + key, keys.get(key)));
    }
    return console.run(all.toArray(String[]::new));
  }
}
