package io.lyascope.server.cli;

import io.lyascope.server.config.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of {@code analyze}. */
final class AnalyzeArguments {

  private static final Option PROBE =
      new Option("--probe", "FILE", "the inputs that drive every snapshot");
  private static final Option PAIRS =
      new Option("--pairs", "", "each snapshot is followed by a probe of its own");
  static final Option PROTOCOL =
      new Option("--protocol", "JSON|FILE", "fields that win over the probe's and the default");
  private static final Option DEADLINE =
      new Option("--deadline", "30s", "report what is measured by then as incomplete");
  private static final Option LOCAL_RATES =
      new Option("--local-rates", "FILE", "write the growth of every step, [B, steps, k]");
  private static final Option RUNNING =
      new Option("--running-exponents", "FILE", "write its means from the first step on");
  private static final Option SENSITIVE =
      new Option("--sensitive-steps", "N", "name the N inputs that stretch most");

  private static final Option PREDICT =
      Option.list("--predict", "[MODEL...]", "ask these predictors, or those that are bundled");
  private static final Option RUN =
      new Option("--run", "FILE", "what the run says of itself, for --predict (run.json)");
  private static final Option WHAT_IF =
      new Option(
          "--what-if", "LOSS", "the spectrum that this final loss would need, for --predict");
  static final Option THREADS =
      new Option("--threads", "N", "how many threads measure; by default one a core");

  static final Usage USAGE =
      new Usage(
          "analyze",
          "SNAPSHOT... --probe PROBE | --pairs SNAPSHOT PROBE...",
          "Measure the Lyapunov spectra of snapshot files, without Kafka.",
          options(),
          Usage.Keys.REFUSED);

  private AnalyzeArguments() {}

  private static List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(PROBE, PAIRS, PROTOCOL, DEADLINE));
    options.addAll(List.of(LOCAL_RATES, RUNNING, SENSITIVE));
    options.addAll(LayerArguments.OPTIONS);
    options.addAll(List.of(PREDICT, RUN, WHAT_IF));
    options.add(THREADS);
    options.add(Option.JSON);
    return List.copyOf(options);
  }

  static AnalyzeCommand command(Arguments arguments) {
    List<AnalyzeJob> jobs = arguments.has(PAIRS) ? pairs(arguments) : oneProbe(arguments);
    if (arguments.has(PAIRS) && arguments.has(LayerArguments.ENTROPY)) {
      throw new UsageException("--entropy wants the same inputs for all: --probe, not --pairs");
    }
    StepRequest steps = steps(arguments);
    if (steps.singleFileOption().isPresent() && jobs.size() > 1) {
      throw new UsageException(
          steps.singleFileOption().get() + " takes one snapshot, not " + jobs.size());
    }
    return new AnalyzeCommand(
        jobs,
        arguments.value(PROTOCOL).map(AnalyzeArguments::protocolText),
        arguments.value(DEADLINE).map(AnalyzeArguments::duration),
        steps,
        LayerArguments.request(arguments),
        predict(arguments),
        arguments.value(THREADS).map(AnalyzeArguments::threads).orElseGet(AnalyzeArguments::cores),
        Format.of(arguments));
  }

  private static List<AnalyzeJob> oneProbe(Arguments arguments) {
    if (arguments.operands().isEmpty()) {
      throw new UsageException("analyze needs a snapshot file");
    }
    String probe =
        arguments
            .value(PROBE)
            .orElseThrow(() -> new UsageException("analyze needs --probe FILE or --pairs"));
    List<AnalyzeJob> jobs = new ArrayList<>();
    for (String snapshot : arguments.operands()) {
      jobs.add(job(snapshot, probe, jobs));
    }
    return jobs;
  }

  private static AnalyzeJob job(String snapshot, String probe, List<AnalyzeJob> before) {
    Optional<String> previous =
        before.isEmpty() ? Optional.empty() : Optional.of(before.getLast().snapshot());
    return new AnalyzeJob(snapshot, Path.of(probe), previous);
  }

  private static StepRequest steps(Arguments arguments) {
    return new StepRequest(
        arguments.value(LOCAL_RATES).map(Path::of),
        arguments.value(RUNNING).map(Path::of),
        arguments.value(SENSITIVE).map(AnalyzeArguments::count));
  }

  private static Optional<PredictRequest> predict(Arguments arguments) {
    if (!arguments.has(PREDICT)) {
      for (Option option : List.of(RUN, WHAT_IF)) {
        if (arguments.has(option)) {
          throw new UsageException(option.name() + " goes with --predict");
        }
      }
      return Optional.empty();
    }
    return Optional.of(
        PredictRequest.of(
            arguments.values(PREDICT),
            arguments.value(RUN),
            arguments.value(WHAT_IF).map(AnalyzeArguments::loss)));
  }

  private static double loss(String text) {
    try {
      double loss = Double.parseDouble(text);
      if (Double.isFinite(loss)) {
        return loss;
      }
    } catch (NumberFormatException _) {
      // the same answer as for NaN and infinity
    }
    throw new UsageException("--what-if: \"" + text + "\" is not a number");
  }

  private static int count(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new UsageException("--sensitive-steps: \"" + text + "\" is not a positive number");
    }
    return Integer.parseInt(text);
  }

  private static List<AnalyzeJob> pairs(Arguments arguments) {
    List<String> files = arguments.operands();
    if (arguments.has(PROBE)) {
      throw new UsageException("--pairs and --probe exclude each other");
    }
    if (files.isEmpty() || files.size() % 2 != 0) {
      throw new UsageException(
          "--pairs needs SNAPSHOT PROBE SNAPSHOT PROBE ..., not " + files.size() + " files");
    }
    List<AnalyzeJob> jobs = new ArrayList<>();
    for (int i = 0; i < files.size(); i += 2) {
      jobs.add(job(files.get(i), files.get(i + 1), jobs));
    }
    return jobs;
  }

  static String protocolText(String jsonOrFile) {
    if (jsonOrFile.stripLeading().startsWith("{")) {
      return jsonOrFile;
    }
    try {
      return Files.readString(Path.of(jsonOrFile));
    } catch (IOException e) {
      throw new UsageException("--protocol " + jsonOrFile + ": " + FileProblem.sentence(e));
    }
  }

  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  static int threads(String text) {
    try {
      int threads = Integer.parseInt(text);
      if (threads >= 1 && threads <= 1024) {
        return threads;
      }
    } catch (NumberFormatException _) {
      // the same answer as for a number that is out of range
    }
    throw new UsageException("--threads: \"" + text + "\" is not a number from 1 to 1024");
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--deadline: \"" + text + "\" is not " + e.getMessage());
    }
  }
}
