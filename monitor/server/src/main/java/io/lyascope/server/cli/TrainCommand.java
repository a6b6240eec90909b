package io.lyascope.server.cli;

import io.lyascope.aelle.Comparison;
import io.lyascope.aelle.Corpus;
import io.lyascope.aelle.Evaluation;
import io.lyascope.aelle.Predictor;
import io.lyascope.aelle.Training;
import io.lyascope.snapshot.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Trains a predictor from finished runs, and says how good such predictors are on unseen ones. */
record TrainCommand(TrainArguments arguments) implements Command {

  static TrainCommand of(Arguments words) {
    return new TrainCommand(TrainArguments.of(words));
  }

  @Override
  public ExitCode run(Terminal terminal) throws IOException, RefusedByPolicyException {
    arguments.out().ifPresent(TrainCommand::requireFolder);
    Corpus corpus = Corpus.read(arguments.corpus());
    corpus.remarks().forEach(remark -> terminal.err().println("note: " + remark));
    List<Double> stages = arguments.stages().orElseGet(corpus::stages);
    var training = new Training(stages, arguments.good(), arguments.seed(), arguments.splits());
    training.requireEnough(corpus);
    Optional<Rival> rival = Rival.of(arguments, corpus);
    var bar = new TrainProgress(terminal.err());
    List<Evaluation> evaluations = Evaluation.of(corpus, training, bar);
    for (Evaluation evaluation : evaluations) {
      if (arguments.json()) {
        terminal.out().println(Json.write(evaluation.toFields()));
      } else {
        TrainTable.print(evaluation, terminal.out());
      }
    }
    if (arguments.out().isEmpty()) {
      return ExitCode.OK;
    }
    Optional<Comparison> comparison = rival.flatMap(r -> r.compare(corpus, training));
    rival.ifPresent(r -> terminal.err().println(r.sentence(comparison)));
    if (arguments.json() && arguments.against().isPresent()) {
      comparison.ifPresent(found -> terminal.out().println(Json.write(found.toFields())));
    }
    boolean loses = comparison.filter(c -> c.result() == Comparison.Result.WORSE).isPresent();
    if (loses && rival.orElseThrow().isOverwritten() && !arguments.replace()) {
      terminal.err().println("nothing is written; --replace does it all the same");
      return ExitCode.REFUSED_BY_POLICY;
    }
    Map<String, Object> made = made(evaluations, comparison);
    made.put("corpus_digest", Corpus.digest(arguments.corpus()));
    write(corpus, training, made, trusted(evaluations), terminal);
    return ExitCode.OK;
  }

  /** Said before minutes of training, not after. */
  private static void requireFolder(Path out) {
    if (!Files.isDirectory(out.toAbsolutePath().getParent())) {
      throw new UsageException("--out: there is no folder for " + out);
    }
  }

  private void write(
      Corpus corpus,
      Training training,
      Map<String, Object> made,
      List<Double> trusted,
      Terminal terminal)
      throws IOException {
    Path out = arguments.out().orElseThrow();
    String name = arguments.name().orElse(corpus.task());
    byte[] file =
        training.train(name, corpus, trusted::contains, made, new TrainProgress(terminal.err()));
    Predictor trained = Predictor.read(file);
    // Whoever loads the old one meanwhile gets a whole file.
    Path whole = Files.write(out.resolveSibling(out.getFileName() + ".new"), file);
    Files.move(whole, out, StandardCopyOption.REPLACE_EXISTING);
    terminal
        .err()
        .printf(
            "%s: predictor %s, %d bytes, %s%n",
            out, trained.name(), file.length, trust(trusted, training.stages()));
  }

  /** The stages at which the default's probabilities are better than the base rate. */
  private static List<Double> trusted(List<Evaluation> evaluations) {
    return evaluations.stream()
        .filter(Evaluation::beatsTheBaseRate)
        .map(Evaluation::stage)
        .toList();
  }

  private static String trust(List<Double> trusted, List<Double> stages) {
    if (trusted.isEmpty()) {
      return "too few runs to be trusted: its verdicts stay undecided";
    }
    List<Double> others = stages.stream().filter(stage -> !trusted.contains(stage)).toList();
    return others.isEmpty()
        ? "trusted"
        : "trusted, but with too few runs for verdicts at progress " + listed(others);
  }

  private static String listed(List<Double> stages) {
    return stages.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static Map<String, Object> made(
      List<Evaluation> evaluations, Optional<Comparison> comparison) {
    Map<String, Object> scores = new LinkedHashMap<>();
    for (Evaluation evaluation : evaluations) {
      Map<String, Object> figures = new LinkedHashMap<>();
      for (String metric : List.of("f1", "auc", "brier")) {
        figures.put(metric, evaluation.figure("default", metric).mean());
      }
      scores.put(String.valueOf(evaluation.stage()), figures);
    }
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("scores", scores);
    made.put("trusted_stages", trusted(evaluations));
    made.put("trusted_from_runs", evaluations.getLast().learning().trustedFrom());
    comparison.ifPresent(found -> made.put("compared", found.toFields()));
    return made;
  }
}
