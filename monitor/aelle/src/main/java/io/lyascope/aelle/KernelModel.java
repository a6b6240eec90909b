package io.lyascope.aelle;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An ensemble of kernel ridge regressions, each of which has left out one fold.
 *
 * @param inputs of the training runs, scaled
 * @param scales what inputs are multiplied by
 * @param mean of the targets, added to every prediction
 * @param weights of each member, for every training run
 */
record KernelModel(double[][] inputs, double[] scales, double mean, double[][] weights) {

  /** So many training runs stand in for what is missing. */
  private static final int STAND_INS = 25;

  /**
   * Predictions of all members. Where a row lacks some numbers there are many more: one of each
   * member for each way in which a similar training run would complete it, so that what is not
   * known widens the interval.
   *
   * @param row not scaled; NaN where a number is missing
   */
  double[] members(double[] row) {
    double[] scaled = scaled(new double[][] {row}, scales)[0];
    return completed(scaled)
        .flatMapToDouble(whole -> {
          double[] kernels =
              Arrays.stream(inputs).mapToDouble(x -> KernelRidge.kernel(whole, x)).toArray();
          return Arrays.stream(weights)
              .mapToDouble(member -> mean + KernelRidge.predict(kernels, member));
        })
        .toArray();
  }

  /** The mean of the members' predictions. */
  double score(double[] row) {
    return Arrays.stream(members(row)).average().orElseThrow();
  }

  /** One member that predicts the mean of all. */
  KernelModel averaged() {
    double[] average = new double[inputs.length];
    for (double[] member : weights) {
      for (int i = 0; i < average.length; i++) {
        average[i] += member[i] / weights.length;
      }
    }
    return new KernelModel(inputs, scales, mean, new double[][] {average});
  }

  private Stream<double[]> completed(double[] row) {
    if (Arrays.stream(row).noneMatch(Double::isNaN)) {
      return Stream.of(row);
    }
    return IntStream.range(0, inputs.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distance(row, inputs[i])))
        .limit(STAND_INS)
        .map(i -> completed(row, inputs[i]));
  }

  /** Squared, along what is known. */
  private static double distance(double[] row, double[] other) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      double difference = Double.isNaN(row[j]) ? 0 : row[j] - other[j];
      sum += difference * difference;
    }
    return sum;
  }

  private static double[] completed(double[] row, double[] other) {
    double[] whole = row.clone();
    for (int j = 0; j < whole.length; j++) {
      if (Double.isNaN(whole[j])) {
        whole[j] = other[j];
      }
    }
    return whole;
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
