package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every contestant reached on some unseen runs.
 *
 * @param runs how many were tested with at all
 * @param baseRate the share of good ones among them
 * @param predictors figures by contestant and metric
 * @param spectrumAdds by how much the default's AUC is above that of the same without the spectrum,
 *     run by run; NaN where the latter was not asked
 */
public record Figures(
    int runs, double baseRate, Map<String, Map<String, Figure>> predictors, Figure spectrumAdds) {

  /**
   * Of judgements by contestant, one map for each split.
   *
   * @param stage progress at which was judged
   * @param metrics which figures are wanted
   */
  static Figures of(
      List<Map<String, Judgement>> splits, double stage, long seed, List<Metric> metrics) {
    Set<FinishedRun> runs = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    int good = 0;
    int all = 0;
    for (Map<String, Judgement> split : splits) {
      names.addAll(split.keySet());
      Judgement any = split.get(View.ALL.name());
      runs.addAll(any.runs());
      for (boolean one : any.good()) {
        good += one ? 1 : 0;
        all++;
      }
    }
    Bootstrap bootstrap = Bootstrap.of(runs, seed);
    Map<String, Map<String, Figure>> predictors = new LinkedHashMap<>();
    for (String name : names) {
      List<Judgement> judged = of(name, splits);
      Map<String, Figure> figures = new LinkedHashMap<>();
      for (Metric metric : metrics) {
        figures.put(metric.label(), bootstrap.figure(judged, metric, stage));
      }
      predictors.put(name, figures);
    }
    Figure adds =
        bootstrap.difference(
            of(View.ALL.name(), splits),
            of(View.WITHOUT_SPECTRUM.name(), splits),
            Metric.AUC,
            stage);
    return new Figures(runs.size(), (double) good / all, predictors, adds);
  }

  private static List<Judgement> of(String name, List<Map<String, Judgement>> splits) {
    List<Judgement> judged = new ArrayList<>();
    splits.stream().filter(s -> s.containsKey(name)).forEach(s -> judged.add(s.get(name)));
    return judged;
  }

  /** A contestant's figure. */
  public Figure figure(String name, String metric) {
    return predictors.get(name).get(metric);
  }

  /** Whether probabilities are better than the base rate for every run, by their interval. */
  boolean beatsTheBaseRate(String name) {
    return figure(name, Metric.BRIER.label()).high() < baseRate * (1 - baseRate);
  }

  /** As JSON fields. */
  Map<String, Object> toFields() {
    Map<String, Object> named = new LinkedHashMap<>();
    predictors.forEach((name, figures) -> named.put(name, toFields(figures)));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("runs", runs);
    fields.put("base_rate", baseRate);
    fields.put("predictors", named);
    if (Double.isFinite(spectrumAdds.mean())) {
      fields.put("spectrum_adds_auc", spectrumAdds.toFields());
    }
    return fields;
  }

  private static Map<String, Object> toFields(Map<String, Figure> figures) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Object> saved = new LinkedHashMap<>();
    figures.forEach((metric, figure) -> {
      if (Double.isNaN(figure.mean())) {
        return; // what is not defined, as the rank correlation of who says the same of all
      }
      boolean ofStopping = metric.equals("saved") || metric.equals("good_stopped");
      (ofStopping ? saved : fields).put(metric, figure.toFields());
    });
    if (!saved.isEmpty()) {
      fields.put("saved_at_5_percent", saved);
    }
    return fields;
  }
}
