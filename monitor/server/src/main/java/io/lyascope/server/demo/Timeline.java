package io.lyascope.server.demo;

import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.Recording;
import io.lyascope.snapshot.ScalarsDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The beats of a recording in order. Time is counted in training steps, which a recording always
 * has; the attempts of a run follow each other.
 */
record Timeline(List<Beat> beats) {

  static Timeline of(Recording recording) throws IOException, JsonException {
    return of(recording.scalars(), recording.snapshots());
  }

  static Timeline of(List<ScalarsDocument> scalars, List<Recording.Entry> snapshots) {
    TreeMap<Integer, Long> lastSteps = new TreeMap<>();
    scalars.forEach(s -> lastSteps.merge(s.attempt(), s.step(), Math::max));
    snapshots.forEach(s -> lastSteps.merge(s.attempt(), s.step(), Math::max));
    List<Beat> beats = new ArrayList<>();
    for (ScalarsDocument document : scalars) {
      beats.add(new Beat.Scalars(at(lastSteps, document.attempt(), document.step()), document));
    }
    for (Recording.Entry entry : snapshots) {
      beats.add(new Beat.Weights(at(lastSteps, entry.attempt(), entry.step()), entry));
    }
    beats.sort(Comparator.comparingDouble(Beat::at)); // stable: scalars come before their weights
    return new Timeline(List.copyOf(beats));
  }

  private static double at(TreeMap<Integer, Long> lastSteps, int attempt, long step) {
    double before = 0;
    double all = 0;
    for (Map.Entry<Integer, Long> each : lastSteps.entrySet()) {
      all += each.getValue();
      before += each.getKey() < attempt ? each.getValue() : 0;
    }
    return all == 0 ? 0 : (before + step) / all;
  }

  /** How many of the beats are weights. */
  int snapshots() {
    return (int) beats.stream().filter(Beat.Weights.class::isInstance).count();
  }
}
