package io.lyascope.aelle;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Between which values the training runs lay in what a run says of itself before it begins: the
 * length of the training, the sizes of the network, hyper-parameters that are numbers.
 *
 * <p>What a run measures of itself has no such limits: a loss beyond all others is no stranger but
 * a bad run.
 *
 * @param ranges smallest and largest by name
 */
record Domain(Map<String, Range> ranges) {

  private static final String LENGTH = "planned steps";

  /**
   * Values of the training, of the sign that they have.
   *
   * @param slack the factor by which a value may lie outside; two layers are not nearly one, half
   *     or twice the learning rate is near enough
   */
  record Range(double least, double most, double slack) {

    static final double NEAR = 2;

    boolean holds(double value) {
      double below = least > 0 ? least / slack : least * slack;
      double above = most > 0 ? most * slack : most / slack;
      return value >= below && value <= above;
    }

    Range with(double value) {
      return new Range(Math.min(least, value), Math.max(most, value), slack);
    }
  }

  static Domain of(List<FinishedRun> training) {
    Map<String, Range> ranges = new TreeMap<>();
    for (FinishedRun run : training) {
      settings(run.evidence(run.stages().getFirst()))
          .forEach((name, value) -> {
            Range alone = new Range(value, value, name.equals(Facts.LAYERS) ? 1 : Range.NEAR);
            ranges.merge(name, alone, (range, _) -> range.with(value));
          });
    }
    return new Domain(ranges);
  }

  private static Map<String, Double> settings(Evidence evidence) {
    Map<String, Double> settings = new LinkedHashMap<>();
    evidence.plannedSteps().ifPresent(steps -> settings.put(LENGTH, steps));
    settings.putAll(Facts.settings(evidence));
    settings.values().removeIf(value -> !Double.isFinite(value));
    return settings;
  }

  /** The first thing in which a run is unlike all of the training. */
  Optional<String> foreign(Evidence evidence) {
    return settings(evidence).entrySet().stream()
        .filter(entry -> ranges.containsKey(entry.getKey()))
        .filter(entry -> !ranges.get(entry.getKey()).holds(entry.getValue()))
        .findFirst()
        .map(entry -> reason(entry.getKey(), entry.getValue(), ranges.get(entry.getKey())));
  }

  private static String reason(String name, double value, Range range) {
    return range.least() == range.most()
        ? "%s: the run has %s, all of the training had %s"
            .formatted(name, number(value), number(range.least()))
        : "%s: the run has %s, the training had %s to %s"
            .formatted(name, number(value), number(range.least()), number(range.most()));
  }

  private static String number(double value) {
    return new BigDecimal(value, new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    ranges.forEach(
        (name, range) -> fields.put(name, List.of(range.least(), range.most(), range.slack())));
    return fields;
  }

  static Domain read(JsonObject fields) throws JsonException {
    Map<String, Range> ranges = new TreeMap<>();
    for (String name : fields.fields().keySet()) {
      double[] range = fields.numbers(name).orElseThrow();
      if (range.length != 3) {
        throw new JsonException("the range of " + name + " has no three numbers");
      }
      ranges.put(name, new Range(range[0], range[1], range[2]));
    }
    return new Domain(ranges);
  }
}
