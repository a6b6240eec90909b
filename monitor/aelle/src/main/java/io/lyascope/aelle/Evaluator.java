package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Draws training and test anew, leaves architectures out, and learns from fewer runs. */
record Evaluator(Corpus corpus, Training training, Progress progress) {

  /** Fewer runs of an architecture say nothing of it. */
  private static final int LEAST_OF_A_CELL = 10;

  List<Evaluation> evaluate() {
    List<Split> splits =
        IntStream.range(0, training.splits()).mapToObj(i -> training.split(corpus, i)).toList();
    List<List<Map<String, Judgement>>> judged =
        all("evaluation", splits, split -> split.judge(training.stages()));
    List<String> cells = cells();
    List<String> absent = cells.stream().filter(this::canBeLeftOut).toList();
    List<List<Map<String, Judgement>>> without =
        all("left out", absent, cell -> leavingOut(cell).judgeBriefly(training.stages()));
    List<List<Map<Integer, Judgement>>> fewer =
        all("fewer runs", splits, split -> split.learn(training.stages()));
    List<Evaluation> evaluations = new ArrayList<>();
    for (int s = 0; s < training.stages().size(); s++) {
      int stage = s;
      double moment = training.stages().get(s);
      List<Map<String, Judgement>> here = judged.stream().map(one -> one.get(stage)).toList();
      Map<String, Figures> leftOut = new TreeMap<>();
      for (int c = 0; c < without.size(); c++) {
        String cell = absent.get(c);
        of(cell, List.of(without.get(c).get(s)), moment, Metric.OF_ORDER)
            .ifPresent(found -> leftOut.put(cell, found));
      }
      Map<String, Figures> inside = new TreeMap<>();
      for (String cell : cells) {
        of(cell, here, moment, List.of(Metric.values()))
            .ifPresent(found -> inside.put(cell, found));
      }
      evaluations.add(
          new Evaluation(
              corpus.task(),
              moment,
              figures(here, moment, List.of(Metric.values())),
              inside,
              leftOut,
              curve(here, fewer.stream().map(one -> one.get(stage)).toList(), moment)));
      progress.at("intervals", s + 1, training.stages().size());
    }
    return evaluations;
  }

  private <T, R> List<R> all(String what, List<T> tasks, Function<T, R> work) {
    AtomicInteger done = new AtomicInteger();
    return tasks.parallelStream()
        .map(task -> {
          R result = work.apply(task);
          progress.at(what, done.incrementAndGet(), tasks.size());
          return result;
        })
        .toList();
  }

  private List<String> cells() {
    Map<String, Integer> counts = new TreeMap<>();
    corpus.runs().forEach(run -> counts.merge(run.cell(), 1, Integer::sum));
    counts.values().removeIf(count -> count < LEAST_OF_A_CELL);
    return new ArrayList<>(new TreeSet<>(counts.keySet()));
  }

  /** Whether the others are enough to learn from at every stage. */
  private boolean canBeLeftOut(String cell) {
    long others = corpus.runs().stream().filter(run -> !run.cell().equals(cell)).count();
    return others >= LEAST_OF_A_CELL
        && training.stages().stream().allMatch(leavingOut(cell).cohort()::canLearn);
  }

  private Split leavingOut(String cell) {
    return Split.leavingOut(corpus, training.good(), cell, training.seed());
  }

  /**
   * Figures on the runs of one architecture, of which its own better half is good: by the limit of
   * all together nearly every run of some architectures ends alike. Nothing where no split has runs
   * of both kinds.
   */
  private Optional<Figures> of(
      String cell, List<Map<String, Judgement>> splits, double stage, List<Metric> metrics) {
    double median = median(cell);
    List<Map<String, Judgement>> own = new ArrayList<>();
    for (Map<String, Judgement> split : splits) {
      Map<String, Judgement> judgements = new LinkedHashMap<>();
      split.forEach((name, judgement) ->
          judgements.put(
              name,
              judgement.within(run -> run.cell().equals(cell), run -> badness(run) < median)));
      if (judgements.get(View.ALL.name()).hasBothKinds()) {
        own.add(judgements);
      }
    }
    return own.isEmpty() ? Optional.empty() : Optional.of(figures(own, stage, metrics));
  }

  private Figures figures(List<Map<String, Judgement>> splits, double stage, List<Metric> metrics) {
    return Figures.of(splits, stage, training.seed(), metrics);
  }

  private double median(String cell) {
    double[] sorted =
        corpus.runs().stream()
            .filter(run -> run.cell().equals(cell))
            .mapToDouble(this::badness)
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }

  private double badness(FinishedRun run) {
    return corpus.goal().badness(run.outcome());
  }

  private LearningCurve curve(
      List<Map<String, Judgement>> whole, List<Map<Integer, Judgement>> fewer, double stage) {
    String name = View.ALL.name();
    Map<Integer, Figures> bySize = new TreeMap<>();
    for (int size : fewer.getFirst().keySet()) {
      List<Map<String, Judgement>> judged =
          fewer.stream()
              .filter(split -> split.containsKey(size))
              .map(split -> Map.of(name, split.get(size)))
              .toList();
      bySize.put(size, figures(judged, stage, Metric.OF_LEARNING));
    }
    int all = 4 * corpus.runs().size() / 5;
    List<Map<String, Judgement>> last =
        whole.stream().map(split -> Map.of(name, split.get(name))).toList();
    bySize.put(all, figures(last, stage, Metric.OF_LEARNING));
    return LearningCurve.of(bySize);
  }
}
