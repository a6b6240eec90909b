package io.lyascope.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

  private static final List<String> NAMES =
      List.of(
          "snapshots/1-000000000005.safetensors",
          "snapshots/0-000000000010.safetensors",
          "snapshots/0-000000000000.safetensors",
          "snapshots/notes.txt",
          "probe.safetensors");

  @TempDir Path folder;

  @Test
  void aFolderIsReadInOrderOfAttemptAndStep() throws Exception {
    Files.createDirectories(folder.resolve("snapshots"));
    for (String name : NAMES) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.writeString(folder.resolve("run.json"), "{\"type\":\"run\",\"run\":\"r\"}");
    try (Recording recording = Recording.open(folder)) {
      assertContents(recording);
      assertEquals(List.of(), recording.scalars());
    }
  }

  @Test
  void aZipMayHoldTheFilesInOneFolder() throws Exception {
    Path zip = folder.resolve("r.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (String name : NAMES) {
        put(out, "r/" + name, name);
      }
      put(out, "r/run.json", "{\"type\":\"run\",\"run\":\"r\"}");
      put(out, "r/scalars.jsonl", "{\"type\":\"scalars\",\"run\":\"r\",\"step\":3}\n\n");
    }
    try (Recording recording = Recording.open(zip)) {
      assertContents(recording);
      assertEquals(3, recording.scalars().getFirst().step());
    }
  }

  private static void put(ZipOutputStream out, String name, String text) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }

  private static void assertContents(Recording recording) throws Exception {
    assertEquals("r", recording.run().run());
    assertArrayEquals("probe.safetensors".getBytes(StandardCharsets.UTF_8), recording.probe());
    assertEquals(
        List.of("0/0", "0/10", "1/5"),
        recording.snapshots().stream().map(e -> e.attempt() + "/" + e.step()).toList());
  }
}
