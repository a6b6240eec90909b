package io.lyascope.aelle;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a judge said of runs of its training that it had not learnt from.
 *
 * @param scores one a run: the larger, the worse
 */
record Practice(List<FinishedRun> runs, double[] scores) {

  /** Of who needs none. */
  static final Practice NONE = new Practice(List.of(), new double[0]);

  /** What its scores of some runs mean, by a limit of theirs. */
  Calibration calibrate(Predicate<FinishedRun> taken, Predicate<FinishedRun> isGood) {
    int[] chosen = IntStream.range(0, runs.size()).filter(i -> taken.test(runs.get(i))).toArray();
    double[] some = new double[chosen.length];
    boolean[] good = new boolean[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      some[i] = scores[chosen[i]];
      good[i] = isGood.test(runs.get(chosen[i]));
    }
    return Calibration.of(some, good);
  }

  /** What its scores of all runs mean. */
  Calibration calibrate(Predicate<FinishedRun> isGood) {
    return calibrate(_ -> true, isGood);
  }
}
