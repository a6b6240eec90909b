package io.lyascope.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A recorded run: a folder or a zip with {@code run.json}, {@code probe.safetensors}, {@code
 * snapshots/ATTEMPT-STEP.safetensors} and {@code scalars.jsonl}. It holds no spectra.
 */
public final class Recording implements Closeable {

  private static final Pattern SNAPSHOT = Pattern.compile("(\\d+)-(\\d+)\\.safetensors");

  private final Path root;
  private final Optional<FileSystem> zip;

  private Recording(Path root, Optional<FileSystem> zip) {
    this.root = root;
    this.zip = zip;
  }

  /** Opens a folder or zip; a zip may hold the files at its top or in one folder. */
  public static Recording open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return new Recording(path, Optional.empty());
    }
    FileSystem zip = FileSystems.newFileSystem(path);
    return new Recording(top(zip.getPath("/")), Optional.of(zip));
  }

  private static Path top(Path root) throws IOException {
    if (Files.exists(root.resolve("run.json"))) {
      return root;
    }
    try (Stream<Path> children = Files.list(root)) {
      return children
          .filter(child -> Files.exists(child.resolve("run.json")))
          .findFirst()
          .orElse(root);
    }
  }

  /** What the process said of its run, with its final state and outcome. */
  public RunDocument run() throws IOException, JsonException {
    return RunDocument.parse(Files.readString(root.resolve("run.json")));
  }

  /** The bytes of the probe file. */
  public byte[] probe() throws IOException {
    return Files.readAllBytes(root.resolve("probe.safetensors"));
  }

  /** The snapshots by attempt and step. */
  public List<Entry> snapshots() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("snapshots"))) {
      return files.flatMap(file -> entry(file).stream()).sorted().toList();
    }
  }

  private static Optional<Entry> entry(Path file) {
    Matcher name = SNAPSHOT.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(
            new Entry(Integer.parseInt(name.group(1)), Long.parseLong(name.group(2)), file))
        : Optional.empty();
  }

  /** The scalars in the order they were written; empty if none were. */
  public List<ScalarsDocument> scalars() throws IOException, JsonException {
    Path file = root.resolve("scalars.jsonl");
    List<ScalarsDocument> scalars = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        if (!line.isBlank()) {
          scalars.add(ScalarsDocument.parse(line));
        }
      }
    }
    return scalars;
  }

  @Override
  public void close() throws IOException {
    if (zip.isPresent()) {
      zip.get().close();
    }
  }

  /** One snapshot file of a recording. */
  public record Entry(int attempt, long step, Path file) implements Comparable<Entry> {

    /** The file's bytes. */
    public byte[] read() throws IOException {
      return Files.readAllBytes(file);
    }

    @Override
    public int compareTo(Entry other) {
      int byAttempt = Integer.compare(attempt, other.attempt);
      return byAttempt != 0 ? byAttempt : Long.compare(step, other.step);
    }
  }
}
