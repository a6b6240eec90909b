package io.lyascope.server.cli;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.IngestLimits;
import io.lyascope.kafka.RunArchive;
import io.lyascope.server.config.Config;
import io.lyascope.snapshot.RecordingWriter;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what a cluster still holds of a run as a recording. */
record ExportCommand(String run, Path out, Optional<Path> configFile, Map<String, String> keys)
    implements Command {

  private static final Option OUT =
      new Option("--out", "FILE.zip|DIR", "the recording; it must not exist yet");

  static final Usage USAGE =
      new Usage(
          "export",
          "RUN --out FILE.zip|DIR | --corpus DIR [RECORDING...]",
          "Write what the cluster holds of a run as a recording, or finished runs as a corpus.",
          options(),
          Usage.Keys.TAKEN);

  private static List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(OUT));
    options.addAll(ExportCorpusCommand.OPTIONS);
    options.add(Option.CONFIG);
    return List.copyOf(options);
  }

  static Command of(Arguments arguments) {
    if (arguments.has(ExportCorpusCommand.CORPUS)) {
      if (arguments.has(OUT)) {
        throw new UsageException("--corpus and --out exclude each other");
      }
      return ExportCorpusCommand.of(arguments);
    }
    for (Option option : ExportCorpusCommand.OPTIONS) {
      if (arguments.has(option)) {
        throw new UsageException(option.name() + " goes with --corpus DIR");
      }
    }
    if (arguments.operands().size() != 1) {
      throw new UsageException("export needs the id of one run");
    }
    return new ExportCommand(
        arguments.operands().getFirst(),
        arguments
            .value(OUT)
            .map(Path::of)
            .orElseThrow(() -> new UsageException("export needs --out FILE.zip or --out DIR")),
        arguments.value(Option.CONFIG).map(Path::of),
        arguments.keys());
  }

  @Override
  public ExitCode run(Terminal terminal) throws Exception {
    Config config = Config.load(configFile, terminal.environment(), keys);
    Cluster cluster = Clusters.reach(config);
    var limits =
        IngestLimits.of(config.ingest().maxSnapshotBytes(), config.ingest().chunkTimeout());
    var contents = new Contents(out);
    try (contents) {
      RecordingWriter.requireFree(out);
      RunArchive.read(cluster, run, limits, contents);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException("--out " + e.getMessage() + " is there already");
    }
    String shown = Printable.text(run);
    if (contents.isEmpty()) {
      terminal.err().println("lyascope: the cluster holds nothing of a run " + shown);
      return ExitCode.FAILURE;
    }
    if (contents.isIncomplete()) {
      terminal
          .err()
          .println("lyascope: the cluster no longer holds all of " + shown + ": " + contents);
      return ExitCode.FAILURE;
    }
    terminal.err().println(shown + " is in " + out + ": " + contents);
    return ExitCode.OK;
  }

  /** Writes what comes, and counts it. The file is there as soon as there is anything for it. */
  private static final class Contents implements RunArchive.Sink, Closeable {

    private final Path out;
    private Optional<RecordingWriter> opened = Optional.empty();
    private boolean declared;
    private boolean probed;
    private int snapshots;
    private int lines;

    Contents(Path out) {
      this.out = out;
    }

    private RecordingWriter writer() throws IOException {
      if (opened.isEmpty()) {
        opened = Optional.of(RecordingWriter.create(out));
      }
      return opened.get();
    }

    boolean isEmpty() {
      return opened.isEmpty();
    }

    @Override
    public void close() throws IOException {
      if (opened.isPresent()) {
        opened.get().close();
      }
    }

    @Override
    public void run(RunDocument document) throws IOException {
      writer().run(document);
      declared = true;
    }

    @Override
    public void probe(byte[] file) throws IOException {
      writer().probe(file);
      probed = true;
    }

    @Override
    public void snapshot(int attempt, long step, byte[] file) throws IOException {
      writer().snapshot(attempt, step, file);
      snapshots++;
    }

    @Override
    public void scalars(ScalarsDocument document) throws IOException {
      writer().scalars(document);
      lines++;
    }

    /** Without these it cannot be replayed. */
    boolean isIncomplete() {
      return !declared || !probed;
    }

    @Override
    public String toString() {
      return "%s run document, %s probe, %d snapshots, %d lines of scalars"
          .formatted(declared ? "a" : "no", probed ? "a" : "no", snapshots, lines);
    }
  }
}
