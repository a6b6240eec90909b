package io.lyascope.server.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the exponents of a spectrum are spread: by rank, and by counts at fixed edges. */
final class Spread {

  private static final double[] QUANTILES = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 1};

  /** Finest about zero, where the difference between memory and chaos is made. */
  private static final double[] EDGES = {
    -5, -2, -1, -0.5, -0.2, -0.1, -0.05, -0.02, -0.01, 0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2
  };

  private Spread() {}

  /**
   * The nearest-rank quantiles: always exponents that were measured, so that minus infinity does
   * not spread to its neighbours.
   *
   * @param descending all exponents
   */
  static Map<String, Double> quantiles(List<Double> descending) {
    Map<String, Double> quantiles = new LinkedHashMap<>();
    int last = descending.size() - 1;
    for (double q : QUANTILES) {
      if (last >= 0) {
        quantiles.put(label(q), descending.get((int) Math.round((1 - q) * last)));
      }
    }
    return quantiles;
  }

  /** How many exponents there are up to each edge; the last edge is infinite and counts all. */
  static Map<String, Integer> cumulative(List<Double> exponents) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (double edge : EDGES) {
      counts.put(label(edge), (int) exponents.stream().filter(e -> e <= edge).count());
    }
    counts.put("+Inf", exponents.size());
    return counts;
  }

  private static String label(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
