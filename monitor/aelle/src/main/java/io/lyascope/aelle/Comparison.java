package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A predictor that could be replaced, beside what a corpus teaches: both judge runs that neither
 * has learnt from, the new one after learning from the others.
 *
 * @param other the name of the one that is there
 * @param runs how many were judged
 * @param fresh mean squared error of the new one's probabilities, over all stages
 * @param old the same of the other one; where it gives no number, its base rate counts
 * @param difference new minus old, with the interval over draws of the runs
 */
public record Comparison(String other, int runs, Figure fresh, Figure old, Figure difference) {

  /** Fewer runs that the other one has not seen tell nothing. */
  private static final int LEAST_RUNS = 12;

  /** How it ends. */
  public enum Result {
    BETTER,
    ALIKE,
    WORSE
  }

  /** Whether the new one is better, by the interval of the difference. */
  public Result result() {
    if (difference.high() < 0) {
      return Result.BETTER;
    }
    return difference.low() > 0 ? Result.WORSE : Result.ALIKE;
  }

  /**
   * Trains on four fifths of a corpus; empty if the other predictor has seen too many of the rest.
   */
  public static Optional<Comparison> of(Corpus corpus, Training training, Predictor other) {
    Split split = Split.of(corpus, training.good(), training.seed());
    List<FinishedRun> unseen =
        split.test().runs().stream().filter(run -> !other.hasSeen(run.run())).toList();
    if (unseen.size() < LEAST_RUNS) {
      return Optional.empty();
    }
    byte[] file =
        training.train(corpus.with(split.cohort().runs()), true, Map.of(), Progress.SILENT);
    List<Judgement> fresh = judge(split.cohort(), unseen, training, Predictor.read(file));
    List<Judgement> old = judge(split.cohort(), unseen, training, other);
    Bootstrap bootstrap = Bootstrap.of(unseen, training.seed());
    return Optional.of(
        new Comparison(
            other.name(),
            unseen.size(),
            bootstrap.figure(fresh, Metric.BRIER, 0),
            bootstrap.figure(old, Metric.BRIER, 0),
            bootstrap.difference(fresh, old, Metric.BRIER, 0)));
  }

  /** One judgement a stage. */
  private static List<Judgement> judge(
      Cohort cohort, List<FinishedRun> runs, Training training, Predictor predictor) {
    List<Judgement> judgements = new ArrayList<>();
    for (double stage : training.stages()) {
      Cohort.Moment moment = cohort.with(runs).at(stage);
      double[] probabilities =
          moment.evidence().stream()
              .map(predictor::predict)
              .mapToDouble(said ->
                  said.outlook().map(Prediction.Outlook::probability).orElse(predictor.baseRate()))
              .toArray();
      judgements.add(Judgement.of(cohort, moment, probabilities));
    }
    return judgements;
  }

  /** As JSON fields. */
  public Map<String, Object> toFields() {
    Map<String, Object> brier = new LinkedHashMap<>();
    brier.put("new", fresh.toFields());
    brier.put("old", old.toFields());
    brier.put("difference", difference.toFields());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "comparison");
    fields.put("with", other);
    fields.put("runs", runs);
    fields.put("brier", brier);
    fields.put("result", result().name().toLowerCase(Locale.ROOT));
    return fields;
  }
}
