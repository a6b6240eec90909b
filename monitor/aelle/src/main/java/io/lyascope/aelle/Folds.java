package io.lyascope.aelle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A division of runs into parts of about the same size that keeps groups together.
 *
 * @param of the part of each run
 * @param count parts
 */
record Folds(int[] of, int count) {

  static Folds of(List<String> groups, int count, long seed) {
    List<String> order = new ArrayList<>(new LinkedHashSet<>(groups));
    Collections.sort(order);
    Collections.shuffle(order, new Random(seed));
    Map<String, Integer> part = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      part.put(order.get(i), i % count);
    }
    return new Folds(groups.stream().mapToInt(part::get).toArray(), count);
  }

  int[] within(int fold) {
    return IntStream.range(0, of.length).filter(i -> of[i] == fold).toArray();
  }

  int[] without(int fold) {
    return IntStream.range(0, of.length).filter(i -> of[i] != fold).toArray();
  }
}
