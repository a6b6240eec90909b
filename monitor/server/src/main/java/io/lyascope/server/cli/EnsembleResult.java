package io.lyascope.server.cli;

import io.lyascope.dynamics.ClassEntropy;
import io.lyascope.server.reading.OutcomeFields;
import io.lyascope.server.reading.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of several networks together. */
sealed interface EnsembleResult {

  /** The entropy of their averaged class probabilities. */
  record Uncertain(ClassEntropy entropy) implements EnsembleResult {}

  /** They do not belong together, or not to what was asked of them. */
  record Refused(Reading.Refused reason) implements EnsembleResult {}

  /** The fields of a line of JSON. */
  static Map<String, Object> fields(List<String> files, EnsembleResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ensemble", files);
    switch (result) {
      case Uncertain(ClassEntropy entropy) -> {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("classes", entropy.classes());
        values.put("mean", entropy.mean());
        values.put("standard_deviation", entropy.standardDeviation());
        values.put("min", entropy.min());
        values.put("max", entropy.max());
        values.put("per_input", entropy.perInput());
        fields.put("class_entropy", values);
      }
      case Refused(Reading.Refused reason) -> fields.put("error", OutcomeFields.error(reason));
    }
    return fields;
  }
}
