package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The older verdicts of the dissertation, which divide the map. */
class AelleContestantTest {

  private static Cohort cohort;
  private static Cohort.Moment start;
  private static AelleContestant contestant;

  @BeforeAll
  static void train(@TempDir Path folder) throws IOException {
    new SyntheticCorpus(60, 1).write(folder);
    Corpus corpus = Corpus.read(folder);
    cohort = Cohort.of(corpus, corpus.runs(), new Good.Quantile(0.5));
    start = cohort.at(0);
    contestant = AelleContestant.train(Pooled.of(cohort, List.of(0.0)), 1);
  }

  private static double[] scores(Judge judge) {
    return start.evidence().stream().mapToDouble(judge::score).toArray();
  }

  private static double[] place(int run) {
    double[] latent = contestant.aelle().latent(Pooled.spectrum(start.evidence().get(run)));
    return contestant.aelle().map().project(latent);
  }

  @Test
  void theFirstComponentIsTurnedToWhereRunsEndBadly() {
    double[] scores = scores(contestant.firstComponent(0));

    assertTrue(Ranking.spearman(scores, cohort.targets(start)) >= 0);
    for (int i = 0; i < scores.length; i++) {
      assertEquals(Math.abs(place(i)[0]), Math.abs(scores[i]), 1e-12);
    }
  }

  @Test
  void anOrthantSaysHowItsRunsEndedAndOneAverageRunMore() {
    double[] scores = scores(contestant.orthants(0));
    Map<String, List<Integer>> orthants = new HashMap<>();
    for (int i = 0; i < scores.length; i++) {
      String signs = Arrays.toString(Arrays.stream(place(i)).map(x -> x > 0 ? 1 : -1).toArray());
      orthants.computeIfAbsent(signs, _ -> new ArrayList<>()).add(i);
    }

    assertTrue(orthants.size() > 1);
    double[] targets = cohort.targets(start);
    for (List<Integer> alike : orthants.values()) {
      double sum = alike.stream().mapToDouble(i -> targets[i]).sum();
      for (int i : alike) {
        assertEquals(sum / (alike.size() + 1), scores[i], 1e-12);
      }
    }
  }
}
