package io.lyascope.aelle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every contestant reached at one stage, on runs that it had not seen.
 *
 * @param stage progress
 * @param overall on runs of all architectures
 * @param inside on the test runs of each architecture alone, by its name
 * @param leftOut on the runs of an architecture that the training had none of, by its name
 * @param learning how the default grows with the runs that it has learnt from
 */
public record Evaluation(
    String task,
    double stage,
    Figures overall,
    Map<String, Figures> inside,
    Map<String, Figures> leftOut,
    LearningCurve learning) {

  /** Evaluates at every stage; splits go side by side. */
  public static List<Evaluation> of(Corpus corpus, Training training, Progress progress) {
    return new Evaluator(corpus, training, progress).evaluate();
  }

  /** The figure of a contestant over all architectures. */
  public Figure figure(String name, String metric) {
    return overall.figure(name, metric);
  }

  /** Whether the default's probabilities are better than the base rate, by their interval. */
  public boolean beatsTheBaseRate() {
    return overall.beatsTheBaseRate(View.ALL.name());
  }

  /** The fields of the wire format, in its order. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "evaluation");
    fields.put("task", task);
    fields.put("stage", stage);
    fields.putAll(overall.toFields());
    fields.put("inside", toFields(inside));
    fields.put("left_out", toFields(leftOut));
    fields.putAll(learning.toFields());
    return fields;
  }

  private static Map<String, Object> toFields(Map<String, Figures> byArchitecture) {
    Map<String, Object> fields = new LinkedHashMap<>();
    byArchitecture.forEach((cell, figures) -> fields.put(cell, figures.toFields()));
    return fields;
  }
}
