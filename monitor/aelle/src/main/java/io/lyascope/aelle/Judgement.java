package io.lyascope.aelle;

import java.util.Arrays;
import java.util.List;

/**
 * What a judge said of runs that it had not seen.
 *
 * @param runs their ids
 * @param scores the larger, the worse
 * @param probabilities of a good end
 * @param called whether it called them good
 * @param stopped whether it would have stopped them
 */
record Judgement(
    List<String> runs,
    double[] scores,
    double[] probabilities,
    boolean[] called,
    boolean[] stopped,
    boolean[] good,
    double[] targets) {

  static Judgement of(Cohort cohort, Cohort.Moment test, Judge judge) {
    return judge(
        cohort,
        test,
        test.evidence().stream().mapToDouble(judge::score).toArray(),
        judge.calibration());
  }

  static Judgement judge(
      Cohort cohort, Cohort.Moment test, double[] scores, Calibration calibration) {
    int n = scores.length;
    double[] probabilities = new double[n];
    boolean[] called = new boolean[n];
    boolean[] stopped = new boolean[n];
    for (int i = 0; i < n; i++) {
      probabilities[i] = calibration.probability(scores[i]);
      called[i] = probabilities[i] >= calibration.accept();
      stopped[i] = probabilities[i] < calibration.stop();
    }
    return new Judgement(
        test.runs().stream().map(FinishedRun::run).toList(),
        scores,
        probabilities,
        called,
        stopped,
        cohort.good(test),
        cohort.targets(test));
  }

  /** The same of some runs, which may occur more than once. */
  Judgement at(int[] chosen) {
    int n = chosen.length;
    var some =
        new Judgement(
            Arrays.stream(chosen).mapToObj(runs::get).toList(),
            new double[n],
            new double[n],
            new boolean[n],
            new boolean[n],
            new boolean[n],
            new double[n]);
    for (int i = 0; i < n; i++) {
      int from = chosen[i];
      some.scores[i] = scores[from];
      some.probabilities[i] = probabilities[from];
      some.called[i] = called[from];
      some.stopped[i] = stopped[from];
      some.good[i] = good[from];
      some.targets[i] = targets[from];
    }
    return some;
  }
}
