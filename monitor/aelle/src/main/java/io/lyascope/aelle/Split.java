package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One division of a corpus: four fifths to learn from, one to test with, groups kept together.
 *
 * @param cohort what is learnt from
 * @param test the other runs, with what counts as good in the training
 */
record Split(Cohort cohort, Cohort test, long seed) {

  private static final int PARTS = 5;

  static Split of(Corpus corpus, Good good, long seed) {
    Folds folds = Folds.of(corpus.runs().stream().map(FinishedRun::group).toList(), PARTS, seed);
    List<FinishedRun> training = new ArrayList<>();
    List<FinishedRun> test = new ArrayList<>();
    for (int i = 0; i < corpus.runs().size(); i++) {
      (folds.of()[i] == 0 ? test : training).add(corpus.runs().get(i));
    }
    Cohort cohort = Cohort.of(corpus, training, good);
    return new Split(cohort, new Cohort(corpus, test, cohort.outcomes(), cohort.threshold()), seed);
  }

  /** What everybody said at every stage: by stage, by name. */
  List<Map<String, Judgement>> judge(List<Double> stages) {
    Contestants networks = Contestants.train(Pooled.of(cohort, stages), seed);
    List<Map<String, Judgement>> all = new ArrayList<>();
    for (int s = 0; s < stages.size(); s++) {
      Map<String, Judgement> judgements = new LinkedHashMap<>();
      Cohort.Moment moment = test.at(stages.get(s));
      StageTraining training = StageTraining.of(cohort, stages.get(s), seed);
      put(judgements, View.ALL, training, moment);
      networks
          .at(s)
          .forEach((name, judge) -> judgements.put(name, Judgement.of(test, moment, judge)));
      for (View view :
          List.of(
              View.MEAN,
              View.MAX,
              View.FIRST,
              View.LOSS,
              View.ARCHITECTURE,
              View.CONFIG,
              View.SPECTRUM)) {
        put(judgements, view, training, moment);
      }
      judgements.put("always_good", Judgement.of(test, moment, new Optimist(cohort.baseRate())));
      ceiling(moment).ifPresent(judgement -> judgements.put("ceiling", judgement));
      all.add(judgements);
    }
    return all;
  }

  private void put(
      Map<String, Judgement> judgements, View view, StageTraining training, Cohort.Moment moment) {
    if (training.sees(view)) {
      judgements.put(view.name(), Judgement.of(test, moment, training.judge(view)));
    }
  }

  /** Runs judged by the end of another training of the same initial network. */
  private Optional<Judgement> ceiling(Cohort.Moment moment) {
    Map<String, FinishedRun> twins = twins();
    List<FinishedRun> paired = paired(cohort.runs(), twins);
    List<FinishedRun> tested = paired(moment.runs(), twins);
    if (tested.size() < 4 || paired.size() < 4) {
      return Optional.empty();
    }
    var known = new Cohort.Moment(0, paired, List.of());
    Calibration calibration = Calibration.of(scores(paired, twins), cohort.good(known));
    return Optional.of(
        Judgement.judge(
            test,
            new Cohort.Moment(moment.progress(), tested, List.of()),
            scores(tested, twins),
            calibration));
  }

  private Map<String, FinishedRun> twins() {
    Map<String, FinishedRun> byName = new HashMap<>();
    cohort.corpus().runs().forEach(run -> byName.put(run.run(), run));
    Map<String, FinishedRun> twins = new HashMap<>();
    for (FinishedRun run : cohort.corpus().runs()) {
      run.repeatOf()
          .map(byName::get)
          .ifPresent(first -> {
            twins.put(run.run(), first);
            twins.put(first.run(), run);
          });
    }
    return twins;
  }

  private static List<FinishedRun> paired(List<FinishedRun> runs, Map<String, FinishedRun> twins) {
    return runs.stream().filter(run -> twins.containsKey(run.run())).toList();
  }

  private double[] scores(List<FinishedRun> runs, Map<String, FinishedRun> twins) {
    return runs.stream().mapToDouble(run -> cohort.target(twins.get(run.run()))).toArray();
  }

  /** The ids of the runs that were learnt from. */
  Set<String> learnt() {
    return cohort.runs().stream().map(FinishedRun::run).collect(Collectors.toSet());
  }

  /** Calls every run good. */
  private record Optimist(double baseRate) implements Judge {
    @Override
    public double score(Evidence evidence) {
      return 0;
    }

    @Override
    public Calibration calibration() {
      return new Calibration(0, Math.log(baseRate / (1 - baseRate)), 0, 0);
    }
  }
}
