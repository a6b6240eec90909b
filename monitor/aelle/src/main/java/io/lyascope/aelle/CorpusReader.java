package io.lyascope.aelle;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.RefusedException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a corpus; what is wrong is told with its line and field. */
final class CorpusReader {

  /** Fewer runs tell nothing: there would be two to test with. */
  static final int LEAST_RUNS = 12;

  private final CorpusHeader header;
  private final RunReader lines;
  private final Map<String, FinishedRun> runs = new LinkedHashMap<>();
  private final Map<Integer, List<FinishedRun>> byContent = new LinkedHashMap<>();
  private final Kinship kinship = new Kinship();
  private int copies;

  private CorpusReader(CorpusHeader header) {
    this.header = header;
    this.lines = new RunReader(header.metric(), header.protocol());
  }

  static Corpus read(Path folder) throws IOException {
    Path file = folder.resolve("corpus.json");
    if (!Files.exists(file)) {
      throw refused("corpus.json", folder + " holds no corpus.json");
    }
    try {
      var reader = new CorpusReader(CorpusHeader.of(JsonObject.parse(Files.readString(file))));
      reader.readRuns(folder);
      return reader.corpus();
    } catch (JsonException e) {
      throw refused("corpus.json", "corpus.json: " + e.getMessage());
    }
  }

  private void readRuns(Path folder) throws IOException {
    Path file = file(folder);
    String name = file.getFileName().toString();
    int number = 0;
    try (BufferedReader text = open(file)) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        number++;
        if (!line.isBlank()) {
          take(lines.read(JsonObject.parse(line)), name, number);
        }
      }
    } catch (JsonException e) {
      throw refused("runs", "%s, line %d: %s".formatted(name, number, e.getMessage()));
    } catch (ZipException | EOFException _) {
      throw refused("runs", name + " is no whole gzip file");
    }
  }

  /** The compressed one, if there are both. */
  static Path file(Path folder) {
    Path plain = folder.resolve("runs.jsonl");
    Path compressed = folder.resolve("runs.jsonl.gz");
    if (!Files.exists(plain) && !Files.exists(compressed)) {
      throw refused("runs.jsonl", folder + " holds neither runs.jsonl nor runs.jsonl.gz");
    }
    return Files.exists(compressed) ? compressed : plain;
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    if (file.toString().endsWith(".gz")) {
      bytes = new GZIPInputStream(bytes);
    }
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }

  private void take(FinishedRun run, String file, int number) {
    List<FinishedRun> alike =
        byContent.computeIfAbsent(run.stages().hashCode(), _ -> new ArrayList<>());
    Optional<FinishedRun> original = alike.stream().filter(run::isCopyOf).findFirst();
    if (original.isPresent()) {
      copies++;
      kinship.addCopy(run, original.get());
      return;
    }
    if (runs.putIfAbsent(run.run(), run) != null) {
      throw refused(
          "run",
          "%s, line %d: field run is \"%s\", which an earlier line has with other content"
              .formatted(file, number, run.run()));
    }
    alike.add(run);
    kinship.add(run);
  }

  private Corpus corpus() {
    List<String> remarks = new ArrayList<>(lines.remarks());
    if (copies > 0) {
      remarks.add(copies + " runs are copies of others and left out");
    }
    List<FinishedRun> usable =
        runs.values().stream().filter(run -> !run.stages().isEmpty()).toList();
    if (usable.size() < runs.size()) {
      remarks.add(runs.size() - usable.size() + " runs have no usable spectrum and are left out");
    }
    if (usable.size() < LEAST_RUNS) {
      throw refused(
          "runs",
          "%d runs can be learnt from, wanted %d or more".formatted(usable.size(), LEAST_RUNS));
    }
    return new Corpus(
        header.task(),
        header.protocol(),
        header.metric(),
        header.goal(),
        header.card(),
        kinship.settle(usable),
        remarks);
  }

  private static RefusedException refused(String field, String message) {
    return new RefusedException(RefusedException.Kind.MALFORMED, field, message);
  }
}
