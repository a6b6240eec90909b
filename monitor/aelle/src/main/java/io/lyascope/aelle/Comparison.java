package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A predictor that could be replaced, beside what a corpus teaches: both judge runs that neither
 * has learnt from, the new one after learning from the others. Both are asked what the old one
 * knows: whether the outcome will be beyond the old one's own limit.
 *
 * @param other the name of the one that is there
 * @param runs how many were judged
 * @param threshold the old one's limit
 * @param figures by metric: brier, auc, f1
 */
public record Comparison(String other, int runs, double threshold, Map<String, Pair> figures) {

  private static final List<Metric> METRICS = List.of(Metric.BRIER, Metric.AUC, Metric.F1);

  /** How it ends. */
  public enum Result {
    BETTER,
    ALIKE,
    WORSE
  }

  /**
   * One metric over all stages; where a predictor gives no number, its base rate counts.
   *
   * @param fresh of the new one
   * @param old of the one that is there
   * @param difference new minus old, with the interval over draws of the runs
   */
  public record Pair(Figure fresh, Figure old, Figure difference) {

    private Map<String, Object> toFields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("new", fresh.toFields());
      fields.put("old", old.toFields());
      fields.put("difference", difference.toFields());
      return fields;
    }
  }

  /** Whether the new one is better, by the interval of the difference of their Brier scores. */
  public Result result() {
    Figure difference = figures.get(Metric.BRIER.label()).difference();
    if (difference.high() < 0) {
      return Result.BETTER;
    }
    return difference.low() > 0 ? Result.WORSE : Result.ALIKE;
  }

  /**
   * Trains on the rest of a corpus; empty if the other predictor has seen too much of it, or if too
   * few runs end on either side of its limit.
   */
  public static Optional<Comparison> of(Corpus corpus, Training training, Predictor other) {
    Training alike = training.with(new Good.Value(other.threshold()));
    return Split.unseenBy(other, corpus, alike)
        .filter(split -> training.stages().stream().allMatch(split.cohort()::canLearn))
        .map(split -> of(split, alike, other));
  }

  private static Comparison of(Split split, Training training, Predictor other) {
    Corpus learnt = split.cohort().corpus().with(split.cohort().runs());
    byte[] file = training.train(learnt, true, Map.of(), Progress.SILENT);
    List<Judgement> fresh = judge(split.test(), training, Predictor.read(file));
    List<Judgement> old = judge(split.test(), training, other);
    List<FinishedRun> runs = split.test().runs();
    Bootstrap bootstrap = Bootstrap.of(runs, training.seed());
    Map<String, Pair> figures = new LinkedHashMap<>();
    for (Metric metric : METRICS) {
      figures.put(
          metric.label(),
          new Pair(
              bootstrap.figure(fresh, metric, 0),
              bootstrap.figure(old, metric, 0),
              bootstrap.difference(fresh, old, metric, 0)));
    }
    return new Comparison(other.name(), runs.size(), other.threshold(), figures);
  }

  /** One judgement a stage. */
  private static List<Judgement> judge(Cohort test, Training training, Predictor predictor) {
    List<Judgement> judgements = new ArrayList<>();
    for (double stage : training.stages()) {
      Cohort.Moment moment = test.at(stage);
      double[] probabilities =
          moment.evidence().stream()
              .map(predictor::predict)
              .mapToDouble(said ->
                  said.outlook().map(Prediction.Outlook::probability).orElse(predictor.baseRate()))
              .toArray();
      judgements.add(Judgement.of(test, moment, probabilities));
    }
    return judgements;
  }

  /** As JSON fields. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "comparison");
    fields.put("with", other);
    fields.put("runs", runs);
    fields.put("threshold", threshold);
    figures.forEach((metric, pair) -> fields.put(metric, pair.toFields()));
    fields.put("result", result().name().toLowerCase(Locale.ROOT));
    return fields;
  }
}
