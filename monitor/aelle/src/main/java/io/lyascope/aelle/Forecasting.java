package io.lyascope.aelle;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Numbers and verdict from what is known at one stage. */
record Forecasting(PredictorCard facts, StageModel stage) {

  /** A run is called promising from this probability on: two to one. */
  private static final double LIKELY = 2.0 / 3;

  /** The central 90 % interval ends here on either side. */
  private static final double TAIL = 0.05;

  /** An outlook and what follows from it. */
  record Result(Prediction.Outlook outlook, Verdict verdict) {}

  Result of(Evidence evidence) {
    double[] row = stage.columns().encode(evidence);
    ViewModel model = stage.richest(row);
    double[] members = model.members(stage.rows(), row);
    double score = model.score(stage.rows(), row);
    double probability = model.calibration().probability(score);
    double one = loss(model.bound(members, TAIL));
    double other = loss(model.bound(members, 1 - TAIL));
    var outlook =
        new Prediction.Outlook(
            loss(score),
            Math.min(one, other),
            Math.max(one, other),
            probability,
            facts.goal().outcome(facts.threshold()),
            facts.baseRate(),
            baselines(row),
            contributions(model.sources(), row, probability));
    return new Result(outlook, verdict(score, probability, model.calibration()));
  }

  private double loss(double score) {
    return facts.goal().outcome(facts.outcomes().value(score));
  }

  private Map<String, Double> baselines(double[] row) {
    Map<String, Double> baselines = new LinkedHashMap<>();
    put(baselines, "loss", stage.probability(EnumSet.of(Source.LOSS), row));
    put(baselines, "max", stage.probability(EnumSet.of(Source.MAX), row));
    put(baselines, "mean", stage.probability(EnumSet.of(Source.MEAN), row));
    put(baselines, "architecture", stage.probability(EnumSet.of(Source.ARCHITECTURE), row));
    put(baselines, "hyperparameters", stage.probability(EnumSet.of(Source.CONFIG), row));
    return baselines;
  }

  private Map<String, Double> contributions(Set<Source> known, double[] row, double probability) {
    Map<String, Double> contributions = new LinkedHashMap<>();
    contribute(contributions, "spectrum", known, EnumSet.of(Source.SPECTRUM), row, probability);
    contribute(contributions, "scalars", known, View.NOW, row, probability);
    contribute(
        contributions, "hyperparameters", known, EnumSet.of(Source.CONFIG), row, probability);
    return contributions;
  }

  /** What the probability would lack without some sources; nothing where they are missing. */
  private void contribute(
      Map<String, Double> contributions,
      String name,
      Set<Source> known,
      Set<Source> sources,
      double[] row,
      double probability) {
    Set<Source> others = EnumSet.copyOf(known);
    if (!others.removeAll(sources)) {
      return;
    }
    OptionalDouble without =
        others.isEmpty() ? OptionalDouble.of(facts.baseRate()) : stage.probability(others, row);
    without.ifPresent(p -> contributions.put(name, probability - p));
  }

  private static void put(Map<String, Double> numbers, String name, OptionalDouble number) {
    number.ifPresent(n -> numbers.put(name, n));
  }

  private Verdict verdict(double score, double probability, Calibration calibration) {
    double line = facts.outcomes().score(facts.threshold());
    String chance = "the probability of a good end is %.2f".formatted(probability);
    if (!facts.trusted()) {
      return new Verdict.Undecided(
          chance + ", but the predictor has seen too few runs to be trusted");
    }
    if (score > line && probability < calibration.stop()) {
      return new Verdict.Doomed(
          "%s, below %.2f, where at most 5 %% of the good runs lie"
              .formatted(chance, calibration.stop()));
    }
    if (score < line && probability >= LIKELY) {
      return new Verdict.Promising("%s, the base rate %.2f".formatted(chance, facts.baseRate()));
    }
    return new Verdict.Undecided(chance);
  }
}
