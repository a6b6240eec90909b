package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How wide the kernel is along each source, and how much it is smoothed.
 *
 * @param weights the influence of each source: twice as much halves the width
 */
record Tuning(Map<Source, Double> weights, double ridge) {

  private static final double[] WEIGHTS = {0.1, 0.25, 0.5, 1, 2, 4};
  private static final double[] RIDGES = {0.01, 0.03, 0.1, 0.3, 1, 3};
  private static final int ROUNDS = 2;

  /** What predicts runs best that it has not seen: coordinate descent on a grid. */
  static Tuning search(double[][] rows, List<Source> sources, double[] targets, Folds folds) {
    Map<Source, Double> weights = new EnumMap<>(Source.class);
    sources.forEach(source -> weights.put(source, 0.5));
    Tuning best = new Tuning(weights, 0.3);
    double least = best.error(rows, sources, targets, folds);
    for (int round = 0; round < ROUNDS; round++) {
      for (int axis = 0; axis <= sources.size(); axis++) {
        for (Tuning candidate : best.along(axis, sources)) {
          double error = candidate.error(rows, sources, targets, folds);
          if (error < least) {
            least = error;
            best = candidate;
          }
        }
      }
    }
    return best;
  }

  private List<Tuning> along(int axis, List<Source> sources) {
    List<Tuning> candidates = new ArrayList<>();
    if (axis == sources.size()) {
      for (double other : RIDGES) {
        candidates.add(new Tuning(weights, other));
      }
    } else if (sources.indexOf(sources.get(axis)) == axis) { // once for each source
      for (double weight : WEIGHTS) {
        Map<Source, Double> changed = new EnumMap<>(weights);
        changed.put(sources.get(axis), weight);
        candidates.add(new Tuning(changed, ridge));
      }
    }
    return candidates;
  }

  /** Columns of one source share its weight, so that many columns do not outvote few. */
  double[] scales(List<Source> sources) {
    double[] scales = new double[sources.size()];
    for (int j = 0; j < scales.length; j++) {
      Source source = sources.get(j);
      long alike = sources.stream().filter(source::equals).count();
      scales[j] = weights.get(source) * Math.sqrt(2.0 / (1 + alike));
    }
    return scales;
  }

  private double error(double[][] rows, List<Source> sources, double[] targets, Folds folds) {
    double[][] gram = KernelRidge.gram(KernelModel.scaled(rows, scales(sources)));
    double sum = 0;
    for (int fold = 0; fold < folds.count(); fold++) {
      double[] weights = KernelRidge.solve(gram, targets, folds.without(fold), ridge);
      for (int i : folds.within(fold)) {
        double error = targets[i] - KernelRidge.predict(gram[i], weights);
        sum += error * error;
      }
    }
    return sum;
  }
}
