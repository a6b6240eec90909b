package io.lyascope.aelle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A figure of merit: mean over the splits, and the central 95 % of what other runs of the same kind
 * would have given.
 */
public record Figure(double mean, double low, double high) {

  Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mean", mean);
    fields.put("low", low);
    fields.put("high", high);
    return fields;
  }
}
