package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class JudgementTest {

  private static final int COUNT = 40;

  private static boolean isGru(FinishedRun run) {
    return run.cell().equals("gru");
  }

  /** Runs of two architectures in turn, whose losses are their numbers; those of gru are larger. */
  private static List<FinishedRun> runs() {
    List<FinishedRun> runs = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      String cell = i % 2 == 0 ? "rnn" : "gru";
      var architecture = new Architecture(cell, 1, 8, 1, true, "", "tanh", Map.of());
      double loss = i % 2 == 0 ? i : 100 + i;
      runs.add(
          new FinishedRun(
              "run-" + i, "group-" + i, architecture, Map.of(), List.of(), loss, Optional.empty()));
    }
    return runs;
  }

  /** Of a judge who knows the losses, by a limit that no gru reaches. */
  private static Judgement judgement(Practice practice) {
    List<FinishedRun> runs = runs();
    boolean[] good = new boolean[COUNT];
    for (int i = 0; i < COUNT; i++) {
      good[i] = !isGru(runs.get(i));
    }
    double[] scores = scores(runs);
    return new Judgement(runs, scores, new double[COUNT], good, good, good, scores, practice);
  }

  private static double[] scores(List<FinishedRun> runs) {
    return runs.stream().mapToDouble(run -> run.outcome() / 100).toArray();
  }

  @Test
  void whatScoresMeanByALimitOfTheirOwnIsLearntFromThePractice() {
    Predicate<FinishedRun> isGood = run -> run.outcome() < 100 + COUNT / 2.0;

    Judgement gru =
        judgement(new Practice(runs(), scores(runs()))).within(JudgementTest::isGru, isGood);

    assertEquals(COUNT / 2, gru.runs().size());
    assertEquals(COUNT / 4, gru.runs().stream().filter(isGood).count());
    assertArrayEquals(gru.good(), gru.called());
    assertTrue(Metric.BRIER.of(gru, 0) < 0.1);
    assertTrue(gru.probabilities()[0] > 0.9);
  }

  @Test
  void withoutPracticeEveryRunIsAsLikelyGoodAsBad() {
    Judgement gru =
        judgement(Practice.NONE).within(JudgementTest::isGru, run -> run.outcome() < 110);

    assertEquals(0.25, Metric.BRIER.of(gru, 0), 1e-9);
    assertTrue(Arrays.equals(new boolean[COUNT / 2], gru.stopped()));
  }
}
