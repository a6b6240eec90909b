package io.lyascope.aelle;

import io.lyascope.snapshot.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a predictor is.
 *
 * @param outcomes from badness to normal scores
 * @param threshold the badness below which an end is good
 * @param runs the ids of all runs that it has seen
 * @param domain what kind of runs it has seen
 * @param trusted whether its probabilities were better than the base rate on unseen runs, at every
 *     stage
 * @param made how: corpus, seed, version, scores
 */
record PredictorCard(
    String name,
    String task,
    Protocol protocol,
    String metric,
    Goal goal,
    NormalScores outcomes,
    double threshold,
    double baseRate,
    Domain domain,
    boolean trusted,
    List<String> runs,
    Map<String, Object> made) {

  /** For people and the page. */
  Map<String, Object> summary() {
    Map<String, Object> fields = facts();
    fields.put("runs", runs.size());
    fields.putAll(made);
    return fields;
  }

  /** What is the same on the page and in the file. */
  Map<String, Object> facts() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("task", task);
    fields.put("protocol", protocol.toFields());
    fields.put("metric", metric);
    fields.put("goal", goal.label());
    fields.put("threshold", goal.outcome(threshold));
    fields.put("base_rate", baseRate);
    fields.put("domain", domain.toFields());
    fields.put("trusted", trusted);
    return fields;
  }
}
