package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * One division of a corpus: four fifths to learn from, one to test with, groups kept together.
 *
 * @param cohort what is learnt from
 * @param test the other runs, with what counts as good in the training
 */
record Split(Cohort cohort, Cohort test, long seed) {

  private static final int PARTS = 5;

  /** A run and its repetition: a small corpus has no more of them in a test. */
  private static final int LEAST_PAIRED = 2;

  static Split of(Corpus corpus, Good good, long seed) {
    Folds folds = Folds.of(corpus.runs().stream().map(FinishedRun::group).toList(), PARTS, seed);
    List<FinishedRun> training = new ArrayList<>();
    List<FinishedRun> test = new ArrayList<>();
    for (int i = 0; i < corpus.runs().size(); i++) {
      (folds.of()[i] == 0 ? test : training).add(corpus.runs().get(i));
    }
    Cohort cohort = Cohort.of(corpus, training, good);
    return new Split(cohort, cohort.with(test), seed);
  }

  /**
   * Tests with a fifth of the runs, or a dozen, that a predictor has not seen, nor others of their
   * groups, and learns from the rest; empty if either would be fewer than a dozen.
   */
  static Optional<Split> unseenBy(Predictor predictor, Corpus corpus, Training training) {
    Map<String, List<FinishedRun>> groups = new TreeMap<>();
    corpus
        .runs()
        .forEach(run -> groups.computeIfAbsent(run.group(), _ -> new ArrayList<>()).add(run));
    groups.values().removeIf(group -> group.stream().anyMatch(r -> predictor.hasSeen(r.run())));
    List<String> unseen = new ArrayList<>(groups.keySet());
    Collections.shuffle(unseen, new Random(training.seed()));
    int wanted = Math.max(CorpusReader.LEAST_RUNS, corpus.runs().size() / PARTS);
    List<FinishedRun> test = new ArrayList<>();
    Set<String> held = new HashSet<>();
    for (String group : unseen) {
      if (test.size() < wanted) {
        test.addAll(groups.get(group));
        held.add(group);
      }
    }
    List<FinishedRun> rest =
        corpus.runs().stream().filter(run -> !held.contains(run.group())).toList();
    if (Math.min(test.size(), rest.size()) < CorpusReader.LEAST_RUNS) {
      return Optional.empty();
    }
    Cohort cohort = Cohort.of(corpus, rest, training.good());
    return Optional.of(new Split(cohort, cohort.with(test), training.seed()));
  }

  /** Learns from all architectures but one, and is tested with that. */
  static Split leavingOut(Corpus corpus, Good good, String cell, long seed) {
    List<FinishedRun> others = corpus.runs().stream().filter(r -> !r.cell().equals(cell)).toList();
    List<FinishedRun> own = corpus.runs().stream().filter(r -> r.cell().equals(cell)).toList();
    Cohort cohort = Cohort.of(corpus, others, good);
    return new Split(cohort, cohort.with(own), seed);
  }

  /** What everybody said at every stage: by stage, by name. */
  List<Map<String, Judgement>> judge(List<Double> stages) {
    Contestants networks = Contestants.train(Pooled.of(cohort, stages), seed);
    var all = judge(stages, networks::at, View.BASELINES);
    for (int s = 0; s < stages.size(); s++) {
      Cohort.Moment moment = test.at(stages.get(s));
      Map<String, Judgement> judgements = all.get(s);
      judgements.put("always_good", Judgement.of(test, moment, new Optimist(cohort.baseRate())));
      ceiling(moment).ifPresent(judgement -> judgements.put("ceiling", judgement));
    }
    return all;
  }

  /** The same of those whose transfer to another architecture is of interest. */
  List<Map<String, Judgement>> judgeBriefly(List<Double> stages) {
    AelleContestant aelle = AelleContestant.train(Pooled.of(cohort, stages), seed);
    return judge(
        stages,
        stage -> Map.of("aelle", aelle.loss(stage)),
        List.of(View.SPECTRUM, View.LOSS, View.CONFIG));
  }

  /** The default, networks by the number of a stage, and kernels on less. */
  private List<Map<String, Judgement>> judge(
      List<Double> stages, IntFunction<Map<String, Judge>> networks, List<View> views) {
    List<Map<String, Judgement>> all = new ArrayList<>();
    for (int s = 0; s < stages.size(); s++) {
      Map<String, Judgement> judgements = new LinkedHashMap<>();
      Cohort.Moment moment = test.at(stages.get(s));
      StageTraining training = StageTraining.of(cohort, stages.get(s), seed);
      put(judgements, View.ALL, training, moment);
      networks
          .apply(s)
          .forEach((name, judge) -> judgements.put(name, Judgement.of(test, moment, judge)));
      views.forEach(view -> put(judgements, view, training, moment));
      all.add(judgements);
    }
    return all;
  }

  /** What the default says after fewer runs: by stage, by number of runs. */
  List<Map<Integer, Judgement>> learn(List<Double> stages) {
    List<Integer> sizes = LearningCurve.sizes(cohort.runs().size());
    List<Map<Integer, Judgement>> all = new ArrayList<>();
    for (double stage : stages) {
      Map<Integer, Judgement> judgements = new TreeMap<>();
      Cohort.Moment moment = test.at(stage);
      for (int size : sizes) {
        Cohort some = cohort.with(drawn(size));
        if (some.canLearn(stage)) {
          var judge = StageTraining.of(some, stage, seed).judge(View.ALL);
          judgements.put(size, Judgement.of(test, moment, judge));
        }
      }
      all.add(judgements);
    }
    return all;
  }

  /** In a random order that is the same for every size. */
  private List<FinishedRun> drawn(int size) {
    List<FinishedRun> order = new ArrayList<>(cohort.runs());
    Collections.shuffle(order, new Random(seed));
    return order.subList(0, size);
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
    if (tested.size() < LEAST_PAIRED || paired.size() < LEAST_PAIRED) {
      return Optional.empty();
    }
    var practice = new Practice(paired, scores(paired, twins));
    return Optional.of(
        Judgement.judge(
            test,
            new Cohort.Moment(moment.progress(), tested, List.of()),
            scores(tested, twins),
            practice,
            practice.calibrate(cohort::isGood)));
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

  /** Calls every run good. */
  private record Optimist(double baseRate) implements Judge {
    @Override
    public double score(Evidence evidence) {
      return 0;
    }

    @Override
    public Practice practice() {
      return Practice.NONE;
    }

    @Override
    public Calibration calibration() {
      return new Calibration(0, Math.log(baseRate / (1 - baseRate)), 0, 0);
    }
  }
}
