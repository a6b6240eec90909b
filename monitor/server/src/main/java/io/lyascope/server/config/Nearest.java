package io.lyascope.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Stream;

/** Finds what somebody probably meant: the candidate with the fewest edited characters. */
public final class Nearest {

  private Nearest() {}

  static String key(String name) {
    return to(
        name, Stream.concat(Keys.ALL.stream().map(Key::name), KafkaNames.all().stream()).toList());
  }

  /** The nearest of {@code candidates}, of which there must be one at least. */
  public static String to(String name, Collection<String> candidates) {
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .orElseThrow();
  }

  /** Levenshtein's distance, one row of the table at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
