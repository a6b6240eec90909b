package io.lyascope.server.cli;

import io.lyascope.server.reading.Reading.Refused;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param localRates where the growth of every step is written
 */
record AnalyzeCommand(
    List<AnalyzeJob> jobs,
    Optional<String> protocol,
    Optional<Duration> deadline,
    Optional<Path> localRates,
    Format format)
    implements Command {

  @Override
  public ExitCode run(Terminal terminal) throws Exception {
    var analysis = new FileAnalysis(protocol, deadline, localRates);
    AnalyzePrinter printer = AnalyzePrinter.of(format, terminal.out());
    int cores = Math.min(jobs.size(), Runtime.getRuntime().availableProcessors());
    ExitCode code = ExitCode.OK;
    try (ExecutorService workers = Executors.newFixedThreadPool(cores)) {
      List<Future<FileResult>> results =
          jobs.stream().map(job -> workers.submit(() -> analysis.of(job))).toList();
      for (Future<FileResult> future : results) {
        FileResult result = join(future);
        printer.print(result);
        terminal.out().flush();
        if (result.outcome() instanceof Refused) {
          code = ExitCode.FAILURE;
        }
      }
    }
    return code;
  }

  private static FileResult join(Future<FileResult> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
