package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns of one stage, made from the runs of the training.
 *
 * @param metric the name of the loss among the scalars
 * @param spectra what is said of a spectrum
 * @param all in a fixed order
 */
record Columns(String metric, Spectra spectra, List<Column> all) {

  /** Texts that occur less often are not learnt. */
  private static final double RARE = 0.02;

  static Columns of(List<Evidence> training, String metric) {
    Spectra spectra = Spectra.of(training.stream().map(e -> e.spectrum().orElseThrow()).toList());
    List<Facts> facts = training.stream().map(e -> Facts.of(e, metric, spectra)).toList();
    List<Column> all = new ArrayList<>();
    for (Source source : Source.values()) {
      Set<String> names = new TreeSet<>();
      facts.forEach(fact -> names.addAll(fact.values().get(source).keySet()));
      for (String name : names) {
        Object[] raw = facts.stream().map(f -> f.values().get(source).get(name)).toArray();
        describe(source, name, raw, spectra, all);
      }
    }
    return new Columns(metric, spectra, List.copyOf(all));
  }

  private static void describe(
      Source source, String name, Object[] raw, Spectra spectra, List<Column> all) {
    List<Object> present = Arrays.stream(raw).filter(value -> value != null).toList();
    Set<String> levels = new LinkedHashSet<>();
    present.forEach(value -> levels.add(Column.text(value)));
    double share = (double) present.size() / raw.length;
    if (share < 0.5 || (levels.size() < 2 && share == 1)) {
      return; // says nothing
    }
    if (share < 1) {
      all.add(new Column(source, name, new Column.Encoder.Absent()));
    }
    if (present.stream().allMatch(Number.class::isInstance)) {
      double[] numbers = present.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
      all.add(new Column(source, name, number(source, numbers, spectra)));
    } else {
      for (String level : new TreeSet<>(levels)) {
        long count = present.stream().filter(v -> Column.text(v).equals(level)).count();
        if (count >= 2 && count >= RARE * raw.length) {
          all.add(new Column(source, name, new Column.Encoder.Level(level)));
        }
      }
    }
  }

  /** Components keep their sizes relative to each other's root, all else goes by rank. */
  private static Column.Encoder number(Source source, double[] numbers, Spectra spectra) {
    if (source != Source.SPECTRUM) {
      return new Column.Encoder.Ranked(NormalScores.of(numbers));
    }
    double mean = Arrays.stream(numbers).average().orElseThrow();
    double variance =
        Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    double first = spectra.curves().deviations()[0];
    double deviation = Math.sqrt(variance);
    double scale = deviation < 1e-9 * first ? 1 : Math.sqrt(deviation * Math.max(first, deviation));
    return new Column.Encoder.Scaled(mean, Math.max(scale, 1e-12));
  }

  /** The numbers of some evidence, NaN where it is missing and that says nothing. */
  double[] encode(Evidence evidence) {
    Facts facts = Facts.of(evidence, metric, spectra);
    double[] row = new double[all.size()];
    for (int j = 0; j < row.length; j++) {
      Column column = all.get(j);
      row[j] = column.encode(facts.get(column));
      if (Double.isNaN(row[j]) && mayBeAbsent(column)) {
        row[j] = 0; // its neighbour says that it is absent
      }
    }
    return row;
  }

  /** The sources of which something is known that the training knew as well. */
  Set<Source> known(Evidence evidence) {
    Facts facts = Facts.of(evidence, metric, spectra);
    Set<Source> known = EnumSet.noneOf(Source.class);
    all.stream().filter(column -> facts.get(column) != null).forEach(c -> known.add(c.source()));
    return known;
  }

  private boolean mayBeAbsent(Column column) {
    return all.stream()
        .anyMatch(other ->
            other.source() == column.source()
                && other.name().equals(column.name())
                && other.encoder() instanceof Column.Encoder.Absent);
  }
}
