package io.lyascope.server.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scrape in the text format, taken apart. */
public final class Exposition {

  private static final Pattern LINE = Pattern.compile("^([a-zA-Z_:]+)(?:\\{(.*)})? (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(?:^|,)([a-z_]+)=\"");

  private Exposition() {}

  /** Every metric with its label names, which must be the same in all its series. */
  public static Map<String, String> labels(String scrape) {
    Map<String, String> metrics = new TreeMap<>();
    for (String line : scrape.lines().toList()) {
      Matcher sample = LINE.matcher(line);
      if (sample.matches()) {
        TreeSet<String> labels = new TreeSet<>();
        if (sample.group(2) != null) {
          LABEL.matcher(sample.group(2)).results().forEach(label -> labels.add(label.group(1)));
        }
        String now = String.join(",", labels);
        String before = metrics.put(sample.group(1), now);
        assertTrue(before == null || before.equals(now), line);
      }
    }
    return metrics;
  }
}
