package io.lyascope.server.cli;

import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures snapshot files and prints one result for each, in argument order.
 *
 * @param protocol the JSON of the fields that win over all others
 * @param steps what is asked of the single steps
 * @param layers what is asked of feed-forward networks beside their exponents
 * @param predict whom to ask about the outcome
 * @param threads that measure at a time, on several files or on the sequences of one
 */
record AnalyzeCommand(
    List<AnalyzeJob> jobs,
    Optional<String> protocol,
    Optional<Duration> deadline,
    StepRequest steps,
    Optional<LayerRequest> layers,
    Optional<PredictRequest> predict,
    int threads,
    Format format)
    implements Command {

  @Override
  public ExitCode run(Terminal terminal) throws Exception {
    int files = Math.min(jobs.size(), threads);
    int threadsEach = Math.ceilDiv(threads, files);
    var analysis = new FileAnalysis(protocol, deadline, steps, layers, predict, threadsEach);
    AnalyzePrinter printer = AnalyzePrinter.of(format, terminal.out());
    ExitCode code = ExitCode.OK;
    List<AnalyzeJob> layered = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(files)) {
      List<Future<FileResult>> results =
          jobs.stream().map(job -> workers.submit(() -> analysis.of(job))).toList();
      for (int i = 0; i < results.size(); i++) {
        FileResult result = join(results.get(i));
        printer.print(result);
        terminal.out().flush();
        switch (result.outcome()) {
          case Measured _ -> {}
          case Layered _ -> layered.add(jobs.get(i));
          case Refused _ -> code = ExitCode.FAILURE;
        }
      }
    }
    for (EnsembleTask task : layers.map(LayerRequest::tasks).orElse(List.of())) {
      if (!layered.isEmpty() && together(task, layered, analysis, printer)) {
        code = ExitCode.FAILURE;
      }
    }
    return code;
  }

  /** Whether the networks were refused. */
  private static boolean together(
      EnsembleTask task, List<AnalyzeJob> jobs, FileAnalysis analysis, AnalyzePrinter printer) {
    Optional<EnsembleResult> result = analysis.together(task, jobs);
    List<String> files = jobs.stream().map(AnalyzeJob::snapshot).toList();
    result.ifPresent(found -> printer.print(files, found));
    return result.filter(EnsembleResult.Refused.class::isInstance).isPresent();
  }

  private static FileResult join(Future<FileResult> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
