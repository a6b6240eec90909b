package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  private static final Training TRAINING = new Training(List.of(0.0), new Good.Quantile(0.5), 1, 1);

  @TempDir private Path folder;
  private Corpus corpus;

  @BeforeEach
  void makeCorpus() throws IOException {
    corpus = corpus(new SyntheticCorpus(100, 1), "new");
  }

  /** Runs of other corpora have other names. */
  private Corpus corpus(SyntheticCorpus made, String name) throws IOException {
    made.runs().forEach(run -> run.put("run", name + "-" + run.get("run")));
    made.write(folder);
    return Corpus.read(folder);
  }

  private static Predictor predictor(Corpus learnt) {
    return predictor(learnt, TRAINING);
  }

  private static Predictor predictor(Corpus learnt, Training training) {
    return Predictor.read(training.train(learnt, true, Map.of(), Progress.SILENT));
  }

  @Test
  void oneThatLearntNonsenseLoses() throws IOException {
    var upsideDown = new SyntheticCorpus(100, 2);
    for (Map<String, Object> run : upsideDown.runs()) {
      double loss = (double) ((Map<?, ?>) run.get("outcome")).get("val_loss");
      run.put("outcome", Map.of("val_loss", 1 - loss));
    }

    Comparison found = compare(predictor(corpus(upsideDown, "old")));

    assertEquals(Comparison.Result.BETTER, found.result());
    assertEquals(20, found.runs());
    assertTrue(found.figures().get("auc").difference().low() > 0.2);
  }

  @Test
  void oneThatLearntFromMoreOfTheSameWins() throws IOException {
    corpus = corpus(new SyntheticCorpus(26, 3), "few");

    Comparison found = compare(predictor(corpus(new SyntheticCorpus(300, 2), "old")));

    assertFalse(found.result() == Comparison.Result.BETTER);
    assertTrue(found.figures().get("brier").difference().mean() > 0);
  }

  private Comparison compare(Predictor other) {
    return Comparison.of(corpus, TRAINING, other).orElseThrow();
  }

  @Test
  void bothAreAskedForTheLimitOfTheOneThatIsThere() throws IOException {
    Corpus before = corpus(new SyntheticCorpus(100, 2), "old");
    var picky = new Training(List.of(0.0), new Good.Quantile(0.2), 1, 1);
    Predictor old = predictor(before, picky);

    Comparison found = compare(old);

    assertEquals(old.threshold(), found.threshold());
    assertFalse(found.result() == Comparison.Result.BETTER);
    // What the base rate alone would have: by the median's limit it would be above a quarter.
    assertTrue(found.figures().get("brier").old().mean() < 0.2 * 0.8);
  }

  @Test
  void runsThatItHasLearntFromAreNotHeldOut() {
    Corpus most = corpus.with(corpus.runs().subList(0, 85));
    Predictor old = predictor(most);

    Split split = Split.unseenBy(old, corpus, TRAINING).orElseThrow();

    assertEquals(15, split.test().runs().size());
    assertTrue(split.test().runs().stream().noneMatch(run -> old.hasSeen(run.run())));
    assertEquals(85, split.cohort().runs().size());
  }

  @Test
  void whereNothingIsLeftThatItHasNotSeenNothingIsClaimed() {
    assertEquals(Optional.empty(), Comparison.of(corpus, TRAINING, predictor(corpus)));
  }

  @Test
  void anotherMetricOrProtocolIsNotJudged() throws IOException {
    Predictor old = predictor(corpus);
    assertTrue(old.judges(corpus));

    var other =
        new Corpus(
            corpus.task(),
            corpus.protocol(),
            "test_loss",
            corpus.goal(),
            Map.of(),
            corpus.runs(),
            List.of());
    assertFalse(old.judges(other));
  }
}
