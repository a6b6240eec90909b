package io.lyascope.aelle;

import java.util.Arrays;
import java.util.Set;

/**
 * A model that looks at some sources.
 *
 * @param used the columns of its stage that it looks at
 * @param kernels of those columns
 * @param residuals target minus prediction of each training run by the member that had not seen it
 */
record ViewModel(
    Set<Source> sources,
    int[] used,
    KernelModel kernels,
    double[] residuals,
    Calibration calibration) {

  /** The model of these sources; kernels of the members are added up where nobody asks for them. */
  static ViewModel of(Set<Source> sources, StageTraining training) {
    KernelJudge judge = training.judge(new View("", sources));
    KernelModel model = judge.fitted().model();
    double[] targets = training.kernels().targets();
    double[] residuals = new double[targets.length];
    Arrays.setAll(residuals, i -> targets[i] - judge.fitted().unseen()[i]);
    boolean whole = sources.contains(Source.SPECTRUM);
    return new ViewModel(
        sources,
        judge.fitted().used(),
        whole ? model : model.averaged(),
        whole ? residuals : new double[0],
        judge.calibration());
  }

  /** Predictions of all members. */
  double[] members(double[] row) {
    return kernels.members(KernelTraining.chosen(row, used));
  }

  /** The probability of a good end. */
  double probability(double[] row) {
    return calibration.probability(kernels.score(KernelTraining.chosen(row, used)));
  }

  /**
   * A bound of the target by cross-validation (CV+, Barber et al. 2021): the quantile of members'
   * predictions plus their own residuals.
   */
  double bound(double[] members, double probability) {
    double[] reach = new double[residuals.length * members.length];
    int n = 0;
    for (double member : members) {
      for (double residual : residuals) {
        reach[n++] = member + residual;
      }
    }
    Arrays.sort(reach);
    return reach[Math.clamp((long) Math.floor(probability * reach.length), 0, reach.length - 1)];
  }
}
