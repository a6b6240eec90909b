package io.lyascope.server.cli;

import io.lyascope.aelle.Corpus;
import io.lyascope.aelle.Evaluation;
import io.lyascope.aelle.Predictor;
import io.lyascope.aelle.Training;
import io.lyascope.snapshot.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trains a predictor from finished runs, and says how good such predictors are on unseen ones. */
record TrainCommand(TrainArguments arguments) implements Command {

  static TrainCommand of(Arguments words) {
    return new TrainCommand(TrainArguments.of(words));
  }

  @Override
  public ExitCode run(Terminal terminal) throws IOException {
    Corpus corpus = Corpus.read(arguments.corpus());
    corpus.remarks().forEach(remark -> terminal.err().println("note: " + remark));
    List<Double> stages = arguments.stages().orElseGet(corpus::stages);
    var training = new Training(stages, arguments.good(), arguments.seed(), arguments.splits());
    training.requireEnough(corpus);
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
    return write(corpus, training, evaluations, bar, terminal.err());
  }

  private ExitCode write(
      Corpus corpus,
      Training training,
      List<Evaluation> evaluations,
      TrainProgress bar,
      PrintStream err)
      throws IOException {
    Path out = arguments.out().orElseThrow();
    boolean trusted = evaluations.getLast().beatsTheBaseRate();
    byte[] file = training.train(corpus, trusted, made(evaluations), bar);
    Predictor trained = Predictor.read(file);
    Files.write(out, file);
    err.printf(
        "%s: predictor %s, %d bytes, %s%n",
        out,
        trained.name(),
        file.length,
        trusted ? "trusted" : "too few runs to be trusted: its verdicts stay undecided");
    return ExitCode.OK;
  }

  private Map<String, Object> made(List<Evaluation> evaluations) {
    Map<String, Object> scores = new LinkedHashMap<>();
    for (Evaluation evaluation : evaluations) {
      Map<String, Object> figures = new LinkedHashMap<>();
      for (String metric : List.of("f1", "auc", "brier")) {
        figures.put(metric, evaluation.figure("default", metric).mean());
      }
      scores.put(String.valueOf(evaluation.stage()), figures);
    }
    return Map.of("scores", scores);
  }
}
