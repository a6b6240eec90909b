package io.lyascope.aelle;

import io.lyascope.snapshot.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;

/**
 * How predictors are trained and judged; the same seed gives the same bytes.
 *
 * @param stages progress values at which there is a model
 * @param good which outcomes are good
 * @param splits how often training and test are drawn for the evaluation
 */
public record Training(List<Double> stages, Good good, long seed, int splits) {

  /** More divisions of a corpus say nothing new. */
  public static final int MOST_SPLITS = 100;

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
      throw refused(
          "stages", "no progress up to 0.5 is common to the spectra of at least half of the runs");
    }
    requireGroups(corpus.runs(), "");
    requireKinds(corpus, corpus.runs(), "");
    for (double stage : stages) {
      List<FinishedRun> seen =
          corpus.runs().stream().filter(run -> run.at(stage).isPresent()).toList();
      if (seen.size() < CorpusReader.LEAST_RUNS) {
        throw refused(
            "stages",
            "%d runs have a spectrum at progress %s, wanted %d or more"
                .formatted(seen.size(), stage, CorpusReader.LEAST_RUNS));
      }
      requireGroups(seen, " with a spectrum at progress " + stage);
      requireKinds(corpus, seen, " with a spectrum at progress " + stage);
    }
    for (int i = 0; i < splits; i++) {
      Cohort learnt = split(corpus, i).cohort();
      for (double stage : stages) {
        if (learnt.at(stage).groups().stream().distinct().count() < 2) {
          throw refused(
              "group",
              ("field group: split %d of %d leaves too few runs with a spectrum at progress %s to"
                      + " learn from: groups stay together, and they are few or unequal")
                  .formatted(i + 1, splits, stage));
        }
      }
    }
  }

  private static void requireGroups(List<FinishedRun> runs, String where) {
    long groups = runs.stream().map(FinishedRun::group).distinct().count();
    if (groups < LEAST_GROUPS) {
      throw refused(
          "group",
          "field group: the runs%s are of %d groups, which stay together; wanted %d or more"
              .formatted(where, groups, LEAST_GROUPS));
    }
  }

  private void requireKinds(Corpus corpus, List<FinishedRun> runs, String where) {
    Cohort all = Cohort.of(corpus, corpus.runs(), good);
    long wins = runs.stream().filter(all::isGood).count();
    if (Math.min(wins, runs.size() - wins) < LEAST_OF_A_KIND) {
      throw refused(
          "outcome." + corpus.metric(),
          "%d of %d runs%s are good, wanted %d or more of either kind"
              .formatted(wins, runs.size(), where, LEAST_OF_A_KIND));
    }
  }

  private static RefusedException refused(String field, String message) {
    return new RefusedException(RefusedException.Kind.MALFORMED, field, message);
  }

  /** The division of this number; neighbouring seeds have none in common. */
  Split split(Corpus corpus, int number) {
    return Split.of(corpus, good, MOST_SPLITS * (seed - 1) + 1 + number);
  }

  /** The same, with another opinion on what is good. */
  Training with(Good another) {
    return new Training(stages, another, seed, splits);
  }

  /** The file of a predictor that has learnt from all runs of a corpus, named after the task. */
  public byte[] train(Corpus corpus, boolean trusted, Map<String, Object> made, Progress progress) {
    return train(corpus.task(), corpus, _ -> trusted, made, progress);
  }

  /**
   * The same by another name.
   *
   * @param name by which runs may ask for it
   * @param trusted whether its verdicts may be more than undecided, by stage
   * @param made how good it is, for the card
   */
  public byte[] train(
      String name,
      Corpus corpus,
      DoublePredicate trusted,
      Map<String, Object> made,
      Progress progress) {
    Cohort cohort = Cohort.of(corpus, corpus.runs(), good);
    LatentSpace space = LatentSpace.train(Pooled.of(cohort, stages), seed);
    progress.at("training", 1, stages.size() + 1);
    List<StageModel> models = new ArrayList<>();
    for (double stage : stages) {
      models.add(StageModel.train(cohort, stage, seed, trusted.test(stage)));
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
            stages.stream().allMatch(trusted::test),
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
