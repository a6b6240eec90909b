package io.lyascope.aelle;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a judge said of runs that it had not seen.
 *
 * @param runs what it judged
 * @param scores the larger, the worse
 * @param probabilities of a good end
 * @param called whether it called them good
 * @param stopped whether it would have stopped them
 */
record Judgement(
    List<FinishedRun> runs,
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

  /** Of probabilities alone, called good from one half on; nothing is stopped. */
  static Judgement of(Cohort cohort, Cohort.Moment test, double[] probabilities) {
    boolean[] called = new boolean[probabilities.length];
    for (int i = 0; i < called.length; i++) {
      called[i] = probabilities[i] >= 0.5;
    }
    return new Judgement(
        test.runs(),
        Arrays.stream(probabilities).map(p -> -p).toArray(),
        probabilities,
        called,
        new boolean[called.length],
        cohort.good(test),
        cohort.targets(test));
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
        test.runs(),
        scores,
        probabilities,
        called,
        stopped,
        cohort.good(test),
        cohort.targets(test));
  }

  /** The same of some runs, with another opinion on which of them are good. */
  Judgement of(Predicate<FinishedRun> taken, Predicate<FinishedRun> isGood) {
    Judgement some =
        at(IntStream.range(0, runs.size()).filter(i -> taken.test(runs.get(i))).toArray());
    for (int i = 0; i < some.good.length; i++) {
      some.good[i] = isGood.test(some.runs.get(i));
    }
    return some;
  }

  boolean hasBothKinds() {
    return IntStream.range(0, good.length).mapToObj(i -> good[i]).distinct().count() == 2;
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
