package io.lyascope.server.corpus;

import io.lyascope.aelle.CorpusHeader;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A corpus on disk: {@code corpus.json} and {@code runs.jsonl.gz}, or {@code runs.jsonl}. */
record CorpusFolder(Path folder) {

  boolean exists() {
    return Files.exists(header());
  }

  CorpusHeader readHeader() throws IOException {
    try {
      return CorpusHeader.of(JsonObject.parse(Files.readString(header())));
    } catch (JsonException e) {
      throw new IOException(header() + ": " + e.getMessage(), e);
    }
  }

  List<CorpusRun> readRuns(String metric) throws IOException {
    List<CorpusRun> runs = new ArrayList<>();
    try (BufferedReader lines = lines()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          runs.add(CorpusRun.of(JsonObject.parse(line), metric));
        }
      }
    } catch (JsonException e) {
      throw new IOException("%s, run %d: %s".formatted(folder, runs.size() + 1, e.getMessage()), e);
    }
    return runs;
  }

  /** A run a line. */
  BufferedReader lines() throws IOException {
    InputStream bytes =
        Files.exists(compressed())
            ? new GZIPInputStream(Files.newInputStream(compressed()))
            : Files.newInputStream(folder.resolve("runs.jsonl"));
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }

  /** Writes both files; what was there before is replaced only when they are whole. */
  void write(CorpusHeader header, List<CorpusRun> runs) throws IOException {
    Files.createDirectories(folder);
    Path draft = folder.resolve("runs.jsonl.gz.part");
    try (var lines =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(draft)), StandardCharsets.UTF_8))) {
      for (CorpusRun run : runs) {
        lines.write(Json.write(run.toFields(header.metric())));
        lines.write('\n');
      }
    }
    Path draftHeader = folder.resolve("corpus.json.part");
    Files.writeString(draftHeader, Json.write(header.toFields()) + "\n");
    Files.move(draft, compressed(), StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(folder.resolve("runs.jsonl"));
    Files.move(draftHeader, header(), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path header() {
    return folder.resolve("corpus.json");
  }

  private Path compressed() {
    return folder.resolve("runs.jsonl.gz");
  }
}
