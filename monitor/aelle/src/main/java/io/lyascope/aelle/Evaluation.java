package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * What every contestant reached at one stage, on runs that it had not seen.
 *
 * @param stage progress
 * @param runs how many were tested with at all
 * @param baseRate the share of good ones among them
 * @param predictors figures by contestant and metric
 */
public record Evaluation(
    String task,
    double stage,
    int runs,
    double baseRate,
    Map<String, Map<String, Figure>> predictors) {

  /** Evaluates at every stage; splits go side by side. */
  public static List<Evaluation> of(Corpus corpus, Training training, Progress progress) {
    AtomicInteger done = new AtomicInteger();
    List<List<Map<String, Judgement>>> splits =
        IntStream.range(0, training.splits())
            .parallel()
            .mapToObj(i -> {
              Split split = Split.of(corpus, training.good(), training.seed() + i);
              var judged = split.judge(training.stages());
              progress.at("evaluation", done.incrementAndGet(), training.splits());
              return judged;
            })
            .toList();
    List<Evaluation> evaluations = new ArrayList<>();
    for (int s = 0; s < training.stages().size(); s++) {
      int stage = s;
      List<Map<String, Judgement>> here = splits.stream().map(all -> all.get(stage)).toList();
      evaluations.add(stage(corpus, training, training.stages().get(s), here));
    }
    return evaluations;
  }

  private static Evaluation stage(
      Corpus corpus, Training training, double stage, List<Map<String, Judgement>> splits) {
    List<String> runs =
        splits.stream()
            .flatMap(split -> split.get("always_good").runs().stream())
            .distinct()
            .toList();
    var bootstrap = new Bootstrap(runs, training.seed());
    Map<String, Map<String, Figure>> predictors = new LinkedHashMap<>();
    for (String name : splits.getFirst().keySet()) {
      List<Judgement> judged =
          splits.stream().filter(split -> split.containsKey(name)).map(s -> s.get(name)).toList();
      Map<String, Figure> figures = new LinkedHashMap<>();
      for (Metric metric : Metric.values()) {
        figures.put(metric.label(), bootstrap.figure(judged, metric, stage));
      }
      predictors.put(name, figures);
    }
    double good = 0;
    double all = 0;
    for (Map<String, Judgement> split : splits) {
      for (boolean one : split.get("always_good").good()) {
        good += one ? 1 : 0;
        all++;
      }
    }
    return new Evaluation(corpus.task(), stage, runs.size(), good / all, predictors);
  }

  /** The figure of a contestant. */
  public Figure figure(String name, String metric) {
    return predictors.get(name).get(metric);
  }

  /** Whether the default's probabilities are better than the base rate, by their interval. */
  public boolean beatsTheBaseRate() {
    return figure("default", "brier").high() < baseRate * (1 - baseRate);
  }

  /** The fields of the wire format, in its order. */
  public Map<String, Object> toFields() {
    Map<String, Object> named = new LinkedHashMap<>();
    predictors.forEach((name, figures) -> named.put(name, toFields(figures)));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "evaluation");
    fields.put("task", task);
    fields.put("stage", stage);
    fields.put("runs", runs);
    fields.put("base_rate", baseRate);
    fields.put("predictors", named);
    return fields;
  }

  private static Map<String, Object> toFields(Map<String, Figure> figures) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Object> saved = new LinkedHashMap<>();
    figures.forEach((metric, figure) -> {
      boolean ofStopping = metric.equals("saved") || metric.equals("good_stopped");
      (ofStopping ? saved : fields).put(metric, figure.toFields());
    });
    fields.put("saved_at_5_percent", saved);
    return fields;
  }
}
