package io.lyascope.aelle;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One run put to the models of a stage.
 *
 * @param row its numbers, NaN where one is missing
 * @param known the sources of which something is known
 */
record Question(StageModel stage, double[] row, Set<Source> known) {

  static Question of(StageModel stage, Evidence evidence) {
    return new Question(stage, stage.columns().encode(evidence), stage.columns().known(evidence));
  }

  ViewModel richest() {
    return stage.richest(known);
  }

  /** The probability of a good end by exactly these sources; empty if one is missing. */
  private OptionalDouble probability(Set<Source> sources) {
    return known.containsAll(sources)
        ? stage
            .of(sources)
            .map(model -> OptionalDouble.of(model.probability(row)))
            .orElse(OptionalDouble.empty())
        : OptionalDouble.empty();
  }

  /**
   * Probabilities by single sources. Where all of the training had one architecture, that says as
   * much as the base rate.
   */
  Map<String, Double> baselines(double baseRate) {
    Map<String, Double> baselines = new LinkedHashMap<>();
    put(baselines, "loss", probability(EnumSet.of(Source.LOSS)));
    put(baselines, "max", probability(EnumSet.of(Source.MAX)));
    put(baselines, "mean", probability(EnumSet.of(Source.MEAN)));
    baselines.put("architecture", probability(EnumSet.of(Source.ARCHITECTURE)).orElse(baseRate));
    put(baselines, "hyperparameters", probability(EnumSet.of(Source.CONFIG)));
    return baselines;
  }

  /** How much a probability by these sources would change without one of them. */
  Map<String, Double> contributions(Set<Source> sources, double probability, double baseRate) {
    Map<String, Set<Source>> parts = new LinkedHashMap<>();
    parts.put("spectrum", EnumSet.of(Source.SPECTRUM));
    parts.put("scalars", View.NOW);
    parts.put("hyperparameters", EnumSet.of(Source.CONFIG));
    Map<String, Double> contributions = new LinkedHashMap<>();
    parts.forEach((name, part) -> {
      Set<Source> others = EnumSet.copyOf(sources);
      if (others.removeAll(part)) {
        OptionalDouble without =
            others.isEmpty() ? OptionalDouble.of(baseRate) : probability(others);
        without.ifPresent(p -> contributions.put(name, probability - p));
      }
    });
    return contributions;
  }

  private static void put(Map<String, Double> numbers, String name, OptionalDouble number) {
    number.ifPresent(n -> numbers.put(name, n));
  }
}
