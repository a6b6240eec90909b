package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a predictor knows about one moment of the training.
 *
 * @param trusted whether its probabilities were better than the base rate on unseen runs
 * @param rows the numbers of the training runs
 * @param views models, the richest first
 */
record StageModel(
    double progress, boolean trusted, Columns columns, double[][] rows, List<ViewModel> views) {

  static StageModel train(Cohort cohort, double progress, long seed, boolean trusted) {
    StageTraining training = StageTraining.of(cohort, progress, seed);
    List<ViewModel> views = new ArrayList<>();
    for (Set<Source> sources : View.forMonitor()) {
      int[] used = new View("", sources).columns(training.columns().all());
      // Sources without columns say nothing here; a view is known by those that do.
      Set<Source> telling = EnumSet.noneOf(Source.class);
      for (int j : used) {
        telling.add(training.columns().all().get(j).source());
      }
      if (!telling.isEmpty() && views.stream().noneMatch(v -> v.sources().equals(telling))) {
        views.add(ViewModel.of(telling, training));
      }
    }
    return new StageModel(progress, trusted, training.columns(), training.kernels().rows(), views);
  }

  /** The richest model that looks at the spectrum and at no source that is missing. */
  ViewModel richest(Set<Source> known) {
    return views.stream()
        .filter(view -> view.sources().contains(Source.SPECTRUM))
        .filter(view -> known.containsAll(view.sources()))
        .findFirst()
        .orElseThrow();
  }

  /** The model of exactly these sources. */
  Optional<ViewModel> of(Set<Source> sources) {
    return views.stream().filter(view -> view.sources().equals(sources)).findFirst();
  }
}
