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
 * @param practice from which another limit between good and bad can be calibrated
 */
record Judgement(
    List<FinishedRun> runs,
    double[] scores,
    double[] probabilities,
    boolean[] called,
    boolean[] stopped,
    boolean[] good,
    double[] targets,
    Practice practice) {

  static Judgement of(Cohort cohort, Cohort.Moment test, Judge judge) {
    return judge(
        cohort,
        test,
        test.evidence().stream().mapToDouble(judge::score).toArray(),
        judge.practice(),
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
        cohort.targets(test),
        Practice.NONE);
  }

  static Judgement judge(
      Cohort cohort,
      Cohort.Moment test,
      double[] scores,
      Practice practice,
      Calibration calibration) {
    return judge(
        test.runs(), scores, calibration, cohort.good(test), cohort.targets(test), practice);
  }

  private static Judgement judge(
      List<FinishedRun> runs,
      double[] scores,
      Calibration calibration,
      boolean[] good,
      double[] targets,
      Practice practice) {
    int n = scores.length;
    double[] probabilities = new double[n];
    boolean[] called = new boolean[n];
    boolean[] stopped = new boolean[n];
    for (int i = 0; i < n; i++) {
      probabilities[i] = calibration.probability(scores[i]);
      called[i] = probabilities[i] >= calibration.accept();
      stopped[i] = probabilities[i] < calibration.stop();
    }
    return new Judgement(runs, scores, probabilities, called, stopped, good, targets, practice);
  }

  /**
   * The same scores of some runs, by their own limit between good and bad: what they mean then is
   * learnt from the practice with such runs.
   */
  Judgement within(Predicate<FinishedRun> taken, Predicate<FinishedRun> isGood) {
    Judgement some =
        at(IntStream.range(0, runs.size()).filter(i -> taken.test(runs.get(i))).toArray());
    boolean[] ownGood = new boolean[some.runs.size()];
    for (int i = 0; i < ownGood.length; i++) {
      ownGood[i] = isGood.test(some.runs.get(i));
    }
    Calibration own = practice.calibrate(taken, isGood);
    return judge(some.runs, some.scores, own, ownGood, some.targets, practice);
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
            new double[n],
            practice);
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
