package io.lyascope.aelle;

import io.lyascope.snapshot.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How predictors are trained and judged; the same seed gives the same bytes.
 *
 * @param stages progress values at which there is a model
 * @param good which outcomes are good
 * @param splits how often training and test are drawn for the evaluation
 */
public record Training(List<Double> stages, Good good, long seed, int splits) {

  private static final int LEAST_OF_A_KIND = 4;

  /** One for each fold: models are calibrated on runs of other groups than they learn from. */
  private static final int LEAST_GROUPS = 5;

  /**
   * Refuses what nothing can be learnt from.
   *
   * @throws RefusedException naming the field at fault
   */
  public void requireEnough(Corpus corpus) {
    if (stages.isEmpty()) {
      throw new RefusedException(
          RefusedException.Kind.MALFORMED,
          "stages",
          "fewer than half of the runs have a spectrum at progress 0, 0.1, 0.2, 0.3 or 0.5");
    }
    for (double stage : stages) {
      long seen = corpus.runs().stream().filter(run -> run.at(stage).isPresent()).count();
      if (seen < CorpusReader.LEAST_RUNS) {
        throw new RefusedException(
            RefusedException.Kind.MALFORMED,
            "stages",
            "%d runs have a spectrum at progress %s, wanted %d or more"
                .formatted(seen, stage, CorpusReader.LEAST_RUNS));
      }
    }
    long groups = corpus.runs().stream().map(FinishedRun::group).distinct().count();
    if (groups < LEAST_GROUPS) {
      throw new RefusedException(
          RefusedException.Kind.MALFORMED,
          "group",
          "field group: the runs are of %d groups, which stay together; wanted %d or more"
              .formatted(groups, LEAST_GROUPS));
    }
    Cohort all = Cohort.of(corpus, corpus.runs(), good);
    long wins = corpus.runs().stream().filter(all::isGood).count();
    if (Math.min(wins, corpus.runs().size() - wins) < LEAST_OF_A_KIND) {
      throw new RefusedException(
          RefusedException.Kind.MALFORMED,
          "outcome." + corpus.metric(),
          "%d of %d runs are good, wanted %d or more of either kind"
              .formatted(wins, corpus.runs().size(), LEAST_OF_A_KIND));
    }
  }

  /** The same, with another opinion on what is good. */
  Training with(Good another) {
    return new Training(stages, another, seed, splits);
  }

  /** The file of a predictor that has learnt from all runs of a corpus, named after the task. */
  public byte[] train(Corpus corpus, boolean trusted, Map<String, Object> made, Progress progress) {
    return train(corpus.task(), corpus, trusted, made, progress);
  }

  /**
   * The same by another name.
   *
   * @param name by which runs may ask for it
   * @param trusted whether its verdicts may be more than undecided
   * @param made how good it is, for the card
   */
  public byte[] train(
      String name, Corpus corpus, boolean trusted, Map<String, Object> made, Progress progress) {
    Cohort cohort = Cohort.of(corpus, corpus.runs(), good);
    LatentSpace space = LatentSpace.train(Pooled.of(cohort, stages), seed);
    progress.at("training", 1, stages.size() + 1);
    List<StageModel> models = new ArrayList<>();
    for (double stage : stages) {
      models.add(StageModel.train(cohort, stage, seed));
      progress.at("training", models.size() + 1, stages.size() + 1);
    }
    var card =
        new PredictorCard(
            name,
            corpus.task(),
            corpus.protocol(),
            corpus.metric(),
            corpus.goal(),
            cohort.outcomes(),
            cohort.threshold(),
            cohort.baseRate(),
            Domain.of(corpus.runs()),
            trusted,
            corpus.runs().stream().map(FinishedRun::run).sorted().toList(),
            made(corpus, made));
    return PredictorWriter.write(
        new TrainedPredictor(card, "", space, models, landmarks(cohort, space)));
  }

  private Map<String, Object> made(Corpus corpus, Map<String, Object> more) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("seed", seed);
    made.put("stages", stages);
    made.put("corpus", corpus.card());
    made.put("remarks", corpus.remarks());
    made.putAll(more);
    return made;
  }

  private List<Predictor.Landmark> landmarks(Cohort cohort, LatentSpace space) {
    List<Predictor.Landmark> landmarks = new ArrayList<>();
    for (double stage : stages) {
      Cohort.Moment moment = cohort.at(stage);
      for (int i = 0; i < moment.runs().size(); i++) {
        FinishedRun run = moment.runs().get(i);
        String cell = Facts.cell(run.architecture());
        List<Double> map =
            space.position(moment.evidence().get(i).spectrum().orElseThrow(), cell).map();
        landmarks.add(
            new Predictor.Landmark(
                cell, stage, map.getFirst(), map.getLast(), run.outcome(), cohort.isGood(run)));
      }
    }
    return landmarks;
  }
}
