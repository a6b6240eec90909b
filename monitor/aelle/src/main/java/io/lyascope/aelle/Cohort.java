package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.List;

/**
 * The runs of a training, and what they teach about outcomes.
 *
 * @param runs what is learnt from
 * @param outcomes from badness to normal scores
 * @param threshold the badness below which a run is good
 */
record Cohort(Corpus corpus, List<FinishedRun> runs, NormalScores outcomes, double threshold) {

  private static final int LEAST_OF_A_KIND = 3;

  static Cohort of(Corpus corpus, List<FinishedRun> runs, Good good) {
    double[] badness =
        runs.stream().mapToDouble(run -> corpus.goal().badness(run.outcome())).toArray();
    return new Cohort(
        corpus, runs, NormalScores.of(badness), good.threshold(badness, corpus.goal()));
  }

  /** Other runs, with what counts as good here. */
  Cohort with(List<FinishedRun> others) {
    return new Cohort(corpus, others, outcomes, threshold);
  }

  /** Whether there are runs of both kinds at a stage, some of either in most folds. */
  boolean canLearn(double stage) {
    boolean[] good = good(at(stage));
    int wins = 0;
    for (boolean one : good) {
      wins += one ? 1 : 0;
    }
    return Math.min(wins, good.length - wins) >= LEAST_OF_A_KIND;
  }

  boolean isGood(FinishedRun run) {
    return corpus.goal().badness(run.outcome()) < threshold;
  }

  double target(FinishedRun run) {
    return outcomes.score(corpus.goal().badness(run.outcome()));
  }

  double baseRate() {
    return runs.stream().filter(this::isGood).count() / (double) runs.size();
  }

  /** The runs that were seen at this progress, and how they looked. */
  Moment at(double progress) {
    List<FinishedRun> seen = new ArrayList<>();
    List<Evidence> evidence = new ArrayList<>();
    for (FinishedRun run : runs) {
      run.at(progress)
          .ifPresent(known -> {
            seen.add(run);
            evidence.add(known);
          });
    }
    return new Moment(progress, seen, evidence);
  }

  /** Runs at one progress, side by side with their evidence. */
  record Moment(double progress, List<FinishedRun> runs, List<Evidence> evidence) {

    List<String> groups() {
      return runs.stream().map(FinishedRun::group).toList();
    }
  }

  double[] targets(Moment moment) {
    return moment.runs().stream().mapToDouble(this::target).toArray();
  }

  boolean[] good(Moment moment) {
    boolean[] good = new boolean[moment.runs().size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = isGood(moment.runs().get(i));
    }
    return good;
  }
}
