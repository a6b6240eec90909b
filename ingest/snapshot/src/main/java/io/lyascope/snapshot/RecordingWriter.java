package io.lyascope.snapshot;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes what {@link Recording} reads: a zip if the name ends so, otherwise a folder. What is given
 * twice is replaced. Whole once it is closed.
 */
public final class RecordingWriter implements Closeable {

  private final Path root;
  private final Optional<FileSystem> zip;
  private final BufferedWriter scalars;

  private RecordingWriter(Path root, Optional<FileSystem> zip) throws IOException {
    this.root = root;
    this.zip = zip;
    Files.createDirectories(root.resolve("snapshots"));
    this.scalars = Files.newBufferedWriter(root.resolve("scalars.jsonl"));
  }

  /**
   * Begins a recording.
   *
   * @throws FileAlreadyExistsException if there is a file, or a folder that holds anything
   */
  public static RecordingWriter create(Path path) throws IOException {
    requireFree(path);
    Path parent = path.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    if (!path.getFileName().toString().endsWith(".zip")) {
      return new RecordingWriter(path, Optional.empty());
    }
    FileSystem zip = FileSystems.newFileSystem(path, Map.of("create", "true"));
    return new RecordingWriter(zip.getPath("/"), Optional.of(zip));
  }

  /**
   * Refuses what {@link #create} would refuse.
   *
   * @throws FileAlreadyExistsException if there is a file, or a folder that holds anything
   */
  public static void requireFree(Path path) throws IOException {
    if (isTaken(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  private static boolean isTaken(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Files.exists(path);
    }
    try (Stream<Path> children = Files.list(path)) {
      return path.getFileName().toString().endsWith(".zip") || children.findAny().isPresent();
    }
  }

  /** What the process said of its run, with its final state and outcome. */
  public void run(RunDocument document) throws IOException {
    Files.writeString(root.resolve("run.json"), document.toJson() + "\n");
  }

  /**
   * The probe.
   *
   * @param file the whole safetensors file
   */
  public void probe(byte[] file) throws IOException {
    Files.write(root.resolve("probe.safetensors"), file);
  }

  /**
   * A snapshot.
   *
   * @param file the whole safetensors file
   */
  public void snapshot(int attempt, long step, byte[] file) throws IOException {
    String name = "%d-%012d.safetensors".formatted(attempt, step);
    Files.write(root.resolve("snapshots").resolve(name), file);
  }

  /** One more line of scalars. */
  public void scalars(ScalarsDocument document) throws IOException {
    scalars.write(document.toJson());
    scalars.write('\n');
  }

  @Override
  public void close() throws IOException {
    scalars.close();
    if (zip.isPresent()) {
      zip.get().close();
    }
  }
}
