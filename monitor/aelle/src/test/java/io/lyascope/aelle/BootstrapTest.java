package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  private static final int COUNT = 100;

  private final Random random = new Random(4);

  private static FinishedRun run(int i, String group) {
    var cell = new Architecture("rnn", 1, 8, 1, true, "", "tanh", Map.of());
    return new FinishedRun("run-" + i, group, cell, Map.of(), List.of(), 0.5, Optional.empty());
  }

  /** Every run {@code times} times, as a group of its own. */
  private Judgement repeated(int times) {
    List<FinishedRun> runs = new ArrayList<>();
    double[] probabilities = new double[COUNT * times];
    boolean[] good = new boolean[COUNT * times];
    for (int i = 0; i < COUNT; i++) {
      double probability = random.nextDouble();
      boolean isGood = random.nextDouble() < probability;
      for (int k = 0; k < times; k++) {
        runs.add(run(times * i + k, "group-" + i));
        probabilities[times * i + k] = probability;
        good[times * i + k] = isGood;
      }
    }
    return new Judgement(
        runs,
        probabilities,
        probabilities,
        good,
        good,
        good,
        new double[probabilities.length],
        Practice.NONE);
  }

  private static double width(Figure figure) {
    return figure.high() - figure.low();
  }

  @Test
  void theIntervalOfAMeanIsThatOfTheNormalApproximation() {
    Judgement judged = repeated(1);
    Figure brier = Bootstrap.of(judged.runs(), 1).figure(List.of(judged), Metric.BRIER, 0);
    double variance = 0;
    for (int i = 0; i < COUNT; i++) {
      double error = Math.pow(judged.probabilities()[i] - (judged.good()[i] ? 1 : 0), 2);
      variance += Math.pow(error - brier.mean(), 2) / (COUNT - 1);
    }

    assertEquals(2 * 1.96 * Math.sqrt(variance / COUNT), width(brier), 0.2 * width(brier));
    assertTrue(brier.low() < brier.mean() && brier.mean() < brier.high());
  }

  @Test
  void copiesOfARunInItsGroupDoNotNarrowTheInterval() {
    Judgement judged = repeated(4);
    List<FinishedRun> apart = new ArrayList<>();
    for (int i = 0; i < judged.runs().size(); i++) {
      apart.add(run(i, "alone-" + i));
    }
    var alone =
        new Judgement(
            apart,
            judged.scores(),
            judged.probabilities(),
            judged.called(),
            judged.stopped(),
            judged.good(),
            judged.targets(),
            judged.practice());

    Figure together = Bootstrap.of(judged.runs(), 1).figure(List.of(judged), Metric.BRIER, 0);
    Figure counted = Bootstrap.of(apart, 1).figure(List.of(alone), Metric.BRIER, 0);

    assertEquals(2, width(together) / width(counted), 0.5); // the root of four
    assertEquals(together.mean(), counted.mean());
  }

  @Test
  void theDifferenceFromItselfIsNothingWhateverIsDrawn() {
    Judgement judged = repeated(1);
    List<Judgement> splits = List.of(judged);

    Figure none = Bootstrap.of(judged.runs(), 1).difference(splits, splits, Metric.BRIER, 0);

    assertEquals(new Figure(0, 0, 0), none);
  }
}
