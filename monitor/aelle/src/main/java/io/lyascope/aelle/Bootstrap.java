package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Intervals by drawing groups of runs anew, the same ones in every split: runs that began alike are
 * not independent.
 */
record Bootstrap(List<String> groups, long seed) {

  private static final int DRAWS = 200;
  private static final double TAIL = 0.025;

  static Bootstrap of(Collection<FinishedRun> runs, long seed) {
    return new Bootstrap(runs.stream().map(FinishedRun::group).distinct().sorted().toList(), seed);
  }

  /** The metric's mean over splits and its interval over draws; NaN where nothing is defined. */
  Figure figure(List<Judgement> splits, Metric metric, double progress) {
    return figure(mean(splits, metric, progress), draws(splits, metric, progress));
  }

  /** By how much the metric of some judgements is above that of others of the same runs. */
  Figure difference(List<Judgement> some, List<Judgement> others, Metric metric, double progress) {
    double[] drawn = draws(some, metric, progress);
    double[] against = draws(others, metric, progress);
    Arrays.setAll(drawn, d -> drawn[d] - against[d]);
    return figure(mean(some, metric, progress) - mean(others, metric, progress), drawn);
  }

  private static Figure figure(double mean, double[] drawn) {
    double[] sorted = Arrays.stream(drawn).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return new Figure(mean, Double.NaN, Double.NaN);
    }
    int low = (int) Math.floor(TAIL * sorted.length);
    return new Figure(mean, sorted[low], sorted[sorted.length - 1 - low]);
  }

  /** The same groups are drawn every time. */
  private double[] draws(List<Judgement> splits, Metric metric, double progress) {
    Random random = new Random(seed);
    List<Map<String, Integer>> draws = Stream.generate(() -> draw(random)).limit(DRAWS).toList();
    return draws.parallelStream()
        .mapToDouble(times -> mean(taken(splits, times), metric, progress))
        .toArray();
  }

  /** The runs of each group as often as it was drawn. */
  private static List<Judgement> taken(List<Judgement> splits, Map<String, Integer> times) {
    List<Judgement> taken = new ArrayList<>();
    for (Judgement split : splits) {
      int[] chosen =
          IntStream.range(0, split.runs().size())
              .flatMap(i ->
                  IntStream.generate(() -> i)
                      .limit(times.getOrDefault(split.runs().get(i).group(), 0)))
              .toArray();
      if (chosen.length > 0) {
        taken.add(split.at(chosen));
      }
    }
    return taken;
  }

  private Map<String, Integer> draw(Random random) {
    Map<String, Integer> times = new HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      times.merge(groups.get(random.nextInt(groups.size())), 1, Integer::sum);
    }
    return times;
  }

  private static double mean(List<Judgement> splits, Metric metric, double progress) {
    return splits.stream()
        .mapToDouble(split -> metric.of(split, progress))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
