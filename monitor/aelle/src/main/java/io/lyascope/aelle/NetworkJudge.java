package io.lyascope.aelle;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * A network at one stage.
 *
 * @param rows how evidence becomes its input
 * @param network from an input to a score
 */
record NetworkJudge(
    Pooled.Rows rows,
    int stage,
    ToDoubleFunction<double[]> network,
    Practice practice,
    Calibration calibration)
    implements Judge {

  /** Calibrated on those examples of the stage that the training held out. */
  static NetworkJudge of(
      Pooled pooled,
      Pooled.Rows rows,
      int stage,
      ToDoubleFunction<double[]> network,
      int[] heldOut) {
    int begin = pooled.offset(stage);
    Cohort.Moment moment = pooled.moments().get(stage);
    int[] own =
        Arrays.stream(heldOut)
            .filter(i -> i >= begin && i < begin + moment.runs().size())
            .map(i -> i - begin)
            .toArray();
    double[] scores =
        Arrays.stream(own)
            .mapToDouble(i -> network.applyAsDouble(rows.of(moment.evidence().get(i), stage)))
            .toArray();
    var practice = new Practice(Arrays.stream(own).mapToObj(moment.runs()::get).toList(), scores);
    Calibration calibration = practice.calibrate(pooled.cohort()::isGood);
    return new NetworkJudge(rows, stage, network, practice, calibration);
  }

  @Override
  public double score(Evidence evidence) {
    return network.applyAsDouble(rows.of(evidence, stage));
  }
}
