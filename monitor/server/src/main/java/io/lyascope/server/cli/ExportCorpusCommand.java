package io.lyascope.server.cli;

import io.lyascope.aelle.Goal;
import io.lyascope.server.config.Config;
import io.lyascope.server.corpus.CorpusExport;
import io.lyascope.server.corpus.CorpusExport.NoCorpusException;
import io.lyascope.server.corpus.Tally;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.RefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes finished runs and their spectra as a corpus: of a cluster, or of recordings. */
record ExportCorpusCommand(
    CorpusExport export,
    List<Path> recordings,
    ProtocolPatch protocol,
    int threads,
    Optional<Path> configFile,
    Map<String, String> keys)
    implements Command {

  static final Option CORPUS =
      new Option("--corpus", "DIR", "where the corpus is; runs are added to what is there");
  private static final Option TASK =
      new Option("--task", "NAME", "take the runs of this task only");
  private static final Option METRIC =
      new Option("--metric", "NAME", "what a run's outcome is, val_loss by default");
  private static final Option GOAL =
      new Option(
          "--goal",
          "minimize|maximize",
          "which outcome is better: what the corpus says, or minimize");

  static final List<Option> OPTIONS =
      List.of(CORPUS, TASK, METRIC, GOAL, AnalyzeArguments.PROTOCOL, AnalyzeArguments.THREADS);

  static ExportCorpusCommand of(Arguments arguments) {
    var export =
        new CorpusExport(
            Path.of(arguments.value(CORPUS).orElseThrow()),
            arguments.value(TASK),
            arguments.value(METRIC).orElse("val_loss"),
            arguments.value(GOAL).map(ExportCorpusCommand::goal));
    Optional<String> protocol =
        arguments.value(AnalyzeArguments.PROTOCOL).map(AnalyzeArguments::protocolText);
    if (protocol.isPresent() && arguments.operands().isEmpty()) {
      throw new UsageException("--protocol goes with recordings; a cluster's are measured already");
    }
    return new ExportCorpusCommand(
        export,
        arguments.operands().stream().map(Path::of).toList(),
        protocol.map(ExportCorpusCommand::patch).orElse(ProtocolPatch.NONE),
        arguments
            .value(AnalyzeArguments.THREADS)
            .map(AnalyzeArguments::threads)
            .orElseGet(AnalyzeArguments::cores),
        arguments.value(Option.CONFIG).map(Path::of),
        arguments.keys());
  }

  private static Goal goal(String label) {
    return Goal.ofLabel(label)
        .orElseThrow(
            () -> new UsageException("--goal: \"" + label + "\" is neither minimize nor maximize"));
  }

  private static ProtocolPatch patch(String json) {
    try {
      return ProtocolPatch.parse(json);
    } catch (RefusedException e) {
      throw new UsageException("--protocol: " + e.getMessage());
    }
  }

  @Override
  public ExitCode run(Terminal terminal) throws Exception {
    try {
      Tally tally = recordings.isEmpty() ? fromCluster(terminal) : fromRecordings(terminal.err());
      terminal.err().println(export.folder() + ": " + tally);
      return tally.of(Tally.Fate.UNREADABLE) > 0 ? ExitCode.FAILURE : ExitCode.OK;
    } catch (NoCorpusException e) {
      terminal.err().println("lyascope: " + e.getMessage());
      return ExitCode.FAILURE;
    }
  }

  private Tally fromCluster(Terminal terminal) throws Exception {
    Config config = Config.load(configFile, terminal.environment(), keys);
    return export.fromCluster(Clusters.reach(config));
  }

  private Tally fromRecordings(PrintStream err)
      throws IOException, InterruptedException, NoCorpusException {
    return export.fromRecordings(recordings, protocol, threads, new Printed(err));
  }

  /** Says every now and then how long it will take. */
  private static final class Printed implements CorpusExport.Progress {

    private static final long EVERY_NANOS = 10_000_000_000L;

    private final PrintStream err;
    private final long begun = System.nanoTime();
    private long said = begun;

    Printed(PrintStream err) {
      this.err = err;
    }

    @Override
    public void measured(int done, int all) {
      long now = System.nanoTime();
      if (now - said >= EVERY_NANOS) {
        said = now;
        double left = (now - begun) / 1e9 * (all - done) / done;
        err.printf("%d of %d recordings measured, about %.0f s left%n", done, all, left);
      }
    }

    @Override
    public void unreadable(Path file, String reason) {
      err.println("lyascope: " + file + ": " + reason);
    }
  }
}
