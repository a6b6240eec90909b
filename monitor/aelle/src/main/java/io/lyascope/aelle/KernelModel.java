package io.lyascope.aelle;

import java.util.Arrays;

/**
 * An ensemble of kernel ridge regressions, each of which has left out one fold.
 *
 * @param inputs of the training runs, scaled
 * @param scales what inputs are multiplied by
 * @param mean of the targets, added to every prediction
 * @param weights of each member, for every training run
 */
record KernelModel(double[][] inputs, double[] scales, double mean, double[][] weights) {

  /** Predictions of all members. */
  double[] members(double[] row) {
    double[] scaled = scaled(row);
    double[] kernels = new double[inputs.length];
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = KernelRidge.kernel(scaled, inputs[i]);
    }
    return Arrays.stream(weights)
        .mapToDouble(w -> mean + KernelRidge.predict(kernels, w))
        .toArray();
  }

  private double[] scaled(double[] row) {
    double[] scaled = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      scaled[j] = row[j] * scales[j];
    }
    return scaled;
  }

  static double[][] scaled(double[][] rows, double[] scales) {
    double[][] scaled = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      scaled[i] = new double[scales.length];
      for (int j = 0; j < scales.length; j++) {
        scaled[i][j] = rows[i][j] * scales[j];
      }
    }
    return scaled;
  }
}
