package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Trains kernel models on the runs of one stage.
 *
 * @param columns of the stage
 * @param rows the runs' numbers
 * @param targets the runs' normal scores: the larger, the worse
 * @param groups of the runs
 * @param seed of the folds
 */
record KernelTraining(
    List<Column> columns, double[][] rows, double[] targets, List<String> groups, long seed) {

  private static final int FOLDS = 5;
  private static final int ENOUGH_TO_TUNE = 300;

  /**
   * A trained model.
   *
   * @param used the columns it looks at
   * @param unseen for each training run, the prediction of the member that has not seen it
   */
  record Fitted(KernelModel model, int[] used, double[] unseen) {

    /** The mean of the members' predictions. */
    double score(double[] row) {
      return model.score(chosen(row, used));
    }
  }

  /** Trains on these columns alone. */
  Fitted fit(int[] used) {
    double[][] chosen = chosen(rows, used);
    List<Source> sources = Arrays.stream(used).mapToObj(j -> columns.get(j).source()).toList();
    double mean = Arrays.stream(targets).average().orElse(0);
    double[] centred = Arrays.stream(targets).map(t -> t - mean).toArray();
    Tuning tuning = tune(chosen, sources, centred);
    double[] scales = tuning.scales(sources);
    double[][] inputs = KernelModel.scaled(chosen, scales);
    double[][] gram = KernelRidge.gram(inputs);
    Folds folds = Folds.of(groups, FOLDS, seed);
    double[][] weights = new double[FOLDS][];
    double[] unseen = new double[rows.length];
    for (int fold = 0; fold < FOLDS; fold++) {
      weights[fold] = KernelRidge.solve(gram, centred, folds.without(fold), tuning.ridge());
      for (int i : folds.within(fold)) {
        unseen[i] = mean + KernelRidge.predict(gram[i], weights[fold]);
      }
    }
    return new Fitted(new KernelModel(inputs, scales, mean, weights), used, unseen);
  }

  /** These columns of every row. */
  static double[][] chosen(double[][] rows, int[] columns) {
    return Arrays.stream(rows).map(row -> chosen(row, columns)).toArray(double[][]::new);
  }

  static double[] chosen(double[] row, int[] columns) {
    return Arrays.stream(columns).mapToDouble(j -> row[j]).toArray();
  }

  private Tuning tune(double[][] chosen, List<Source> sources, double[] centred) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows.length).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    int[] some = order.stream().limit(ENOUGH_TO_TUNE).mapToInt(Integer::intValue).toArray();
    return Tuning.search(
        Arrays.stream(some).mapToObj(i -> chosen[i]).toArray(double[][]::new),
        sources,
        Arrays.stream(some).mapToDouble(i -> centred[i]).toArray(),
        Folds.of(Arrays.stream(some).mapToObj(groups::get).toList(), FOLDS, seed + 1));
  }
}
