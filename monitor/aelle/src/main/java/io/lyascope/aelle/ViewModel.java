package io.lyascope.aelle;

import java.util.Arrays;
import java.util.Set;

/**
 * A model that looks at some sources.
 *
 * @param used the columns of its stage that it looks at
 * @param scales what they are multiplied by
 * @param mean added to every prediction
 * @param weights of each member, for every training run
 * @param residuals target minus prediction of each training run by the member that had not seen it
 */
record ViewModel(
    Set<Source> sources,
    int[] used,
    double[] scales,
    double mean,
    double[][] weights,
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
        model.scales(),
        model.mean(),
        whole ? model.weights() : new double[][] {average(model.weights())},
        whole ? residuals : new double[0],
        judge.calibration());
  }

  private static double[] average(double[][] members) {
    double[] average = new double[members[0].length];
    for (double[] member : members) {
      for (int i = 0; i < average.length; i++) {
        average[i] += member[i] / members.length;
      }
    }
    return average;
  }

  /** Whether a row has all that it looks at. */
  boolean sees(double[] row) {
    return Arrays.stream(used).noneMatch(j -> Double.isNaN(row[j]));
  }

  /** Predictions of all members. */
  double[] members(double[][] rows, double[] row) {
    double[] kernels = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double distance = 0;
      for (int k = 0; k < used.length; k++) {
        double difference = (row[used[k]] - rows[i][used[k]]) * scales[k];
        distance += difference * difference;
      }
      kernels[i] = Math.exp(-distance / 2);
    }
    return Arrays.stream(weights)
        .mapToDouble(w -> mean + KernelRidge.predict(kernels, w))
        .toArray();
  }

  double score(double[][] rows, double[] row) {
    return Arrays.stream(members(rows, row)).average().orElseThrow();
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
