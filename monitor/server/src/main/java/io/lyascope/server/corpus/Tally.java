package io.lyascope.server.corpus;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of the runs that were looked at. Not thread-safe. */
public final class Tally {

  /** Where a run ended up. */
  public enum Fate {
    KEPT("kept"),
    /** Not at its end, or the document does not say how it ended. */
    WITHOUT_OUTCOME("without an outcome"),
    /** No complete spectrum, or none that says when in the training it was. */
    WITHOUT_SPECTRA("without spectra"),
    OTHER_TASK("of other tasks"),
    /** Measured in another way than most. */
    OTHER_PROTOCOL("of another protocol"),
    DUPLICATE("duplicates"),
    /** In the corpus from before, and not measured again. */
    THERE_ALREADY("there already"),
    UNREADABLE("unreadable");

    private final String words;

    Fate(String words) {
      this.words = words;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Fate, Integer> counts = new EnumMap<>(Fate.class);

  void count(Fate fate) {
    counts.merge(fate, 1, Integer::sum);
  }

  /** How many runs ended up there. */
  public int of(Fate fate) {
    return counts.getOrDefault(fate, 0);
  }

  /** The counts of what was left out, by name. */
  Map<String, Object> leftOut() {
    Map<String, Object> fields = new LinkedHashMap<>();
    counts.forEach((fate, count) -> {
      if (fate != Fate.KEPT && fate != Fate.THERE_ALREADY) {
        fields.put(fate.label(), count);
      }
    });
    return fields;
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().words)
        .collect(Collectors.joining(", "));
  }
}
