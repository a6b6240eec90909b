package io.lyascope.aelle;

import java.util.Arrays;

/** Numbers and verdict from what is known at one stage. */
record Forecasting(PredictorCard facts, StageModel stage) {

  /** A run is called promising from this probability on: two to one. */
  private static final double LIKELY = 2.0 / 3;

  /** The central 90 % interval ends here on either side. */
  private static final double TAIL = 0.05;

  /** An outlook and what follows from it. */
  record Result(Prediction.Outlook outlook, Verdict verdict) {}

  Result of(Evidence evidence) {
    Question question = Question.of(stage, evidence);
    ViewModel model = question.richest();
    double[] members = model.members(question.row());
    double score = Arrays.stream(members).average().orElseThrow();
    double probability = model.calibration().probability(score);
    double one = loss(model.bound(members, TAIL));
    double worst = facts.outcomes().upperBound(model.bound(members, 1 - TAIL));
    double other = facts.goal().outcome(worst);
    var outlook =
        new Prediction.Outlook(
            loss(score),
            Math.min(one, other),
            Math.max(one, other),
            probability,
            facts.goal().outcome(facts.threshold()),
            facts.baseRate(),
            facts.metric(),
            facts.goal(),
            question.baselines(facts.baseRate()),
            question.contributions(model.sources(), probability, facts.baseRate()));
    return new Result(outlook, verdict(score, probability, model.calibration()));
  }

  private double loss(double score) {
    return facts.goal().outcome(facts.outcomes().value(score));
  }

  private Verdict verdict(double score, double probability, Calibration calibration) {
    double line = facts.outcomes().score(facts.threshold());
    String chance = "the probability of a good end is %.2f".formatted(probability);
    if (!stage.trusted()) {
      return new Verdict.Undecided(
          chance + ", but the predictor has seen too few runs to be trusted at this progress");
    }
    if (score > line && probability < calibration.stop()) {
      return new Verdict.Doomed(
          "%s, below %.2f, where at most 5 %% of the good runs are expected"
              .formatted(chance, calibration.stop()));
    }
    if (score < line && probability >= LIKELY) {
      return new Verdict.Promising("%s, the base rate %.2f".formatted(chance, facts.baseRate()));
    }
    return new Verdict.Undecided(chance);
  }
}
