package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {

  private static Evaluation telling;

  @TempDir private Path folder;

  @BeforeAll
  static void evaluateWhatTells(@TempDir Path folder) throws IOException {
    telling = evaluate(new SyntheticCorpus(120, 1), folder);
  }

  private static Evaluation evaluate(SyntheticCorpus made, Path folder) throws IOException {
    made.write(folder);
    return Evaluation.of(Corpus.read(folder), training(), Progress.SILENT).getFirst();
  }

  private static Training training() {
    return new Training(List.of(0.0), new Good.Quantile(0.5), 1, 3);
  }

  @Test
  void whatASpectrumTellsHoldsInsideAndAcrossArchitectures() {
    assertEquals(Set.of("lstm", "rnn"), telling.inside().keySet());
    Figures inside = telling.inside().get("lstm");
    assertTrue(inside.figure("spectrum", "auc").mean() > 0.8);
    assertTrue(inside.figure("spectrum", "f1").mean() > inside.figure("always_good", "f1").mean());
    assertTrue(inside.figure("spectrum", "brier").mean() < 0.2);
    assertEquals(Set.of("lstm", "rnn"), telling.leftOut().keySet());
    Figures without = telling.leftOut().get("rnn");
    assertEquals(60, without.runs());
    assertTrue(without.figure("spectrum", "auc").mean() > 0.8);
    assertFalse(without.predictors().containsKey("architecture"));
    assertEquals(Set.of("auc", "spearman"), without.predictors().get("spectrum").keySet());
  }

  @Test
  void theOnlyArchitectureOfACorpusCannotBeLeftOut() throws IOException {
    var made = new SyntheticCorpus(80, 1);
    for (Map<String, Object> run : made.runs()) {
      run.put("architecture", Map.of("cell", "lstm", "hidden_size", 24));
    }

    Evaluation evaluation = evaluate(made, folder);

    assertEquals(Set.of("lstm"), evaluation.inside().keySet());
    assertEquals(Map.of(), evaluation.leftOut());
  }

  @Test
  void tellingArchitecturesApartIsNotTellingRunsApart() throws IOException {
    var made = new SyntheticCorpus(80, 1);
    for (int i = 0; i < 80; i++) { // all lstm are good, and which of them are better is chance
      double loss = (i % 2) + 0.001 * ((i * 37) % 80);
      made.runs().get(i).put("outcome", Map.of("val_loss", loss));
    }

    Evaluation evaluation = evaluate(made, folder);

    assertTrue(evaluation.figure("architecture", "auc").mean() > 0.95);
    Figure inside = evaluation.inside().get("lstm").figure("architecture", "auc");
    assertTrue(inside.low() < 0.5 && 0.5 < inside.high(), inside.toString());
    assertEquals(0.5, evaluation.inside().get("lstm").baseRate(), 0.15);
  }

  @Test
  void anArchitectureWithoutWhichTooLittleIsLeftStays() throws IOException {
    var made = new SyntheticCorpus(30, 1);
    made.runs().removeIf(run -> !((Map<?, ?>) run.get("architecture")).containsValue("lstm"));
    var more = new SyntheticCorpus(8, 2);
    for (int i = 1; i < 8; i += 2) {
      more.runs().get(i).put("run", "other-" + i);
      made.runs().add(more.runs().get(i));
    }

    Evaluation evaluation = evaluate(made, folder);

    assertEquals(Map.of(), evaluation.leftOut());
    assertEquals(Set.of("lstm"), evaluation.inside().keySet());
  }

  @Test
  void theCurveRisesToAPredictorThatIsTrusted() {
    LearningCurve learning = telling.learning();

    assertEquals(
        List.of(16, 32, 64, 96),
        learning.points().stream().map(LearningCurve.Point::runs).toList());
    assertTrue(learning.trustedFrom().isPresent());
    assertTrue(learning.points().getLast().trusted());
    assertTrue(
        learning.points().getFirst().brier().mean() > learning.points().getLast().brier().mean());
  }

  @Test
  void trustBeginsWhereItNoLongerBreaks() {
    assertEquals(OptionalInt.of(64), curve(true, false, true, true).trustedFrom());
    assertEquals(OptionalInt.of(16), curve(true, true, true, true).trustedFrom());
    assertEquals(OptionalInt.empty(), curve(true, true, true, false).trustedFrom());
  }

  private static LearningCurve curve(boolean... trusted) {
    Figure any = new Figure(0.5, 0.4, 0.6);
    List<LearningCurve.Point> points = new ArrayList<>();
    for (int k = 0; k < trusted.length; k++) {
      points.add(new LearningCurve.Point(16 << k, any, any, trusted[k]));
    }
    return new LearningCurve(points);
  }

  @Test
  void runsOfAGroupAreNeverOnBothSidesOfASplit() throws IOException {
    var made = new SyntheticCorpus(60, 1);
    for (int i = 0; i < 60; i++) {
      made.runs().get(i).put("group", "family-" + i / 3);
    }
    made.write(folder);
    Corpus corpus = Corpus.read(folder);

    for (long seed = 0; seed < 20; seed++) {
      Split split = Split.of(corpus, new Good.Quantile(0.5), seed);
      Set<String> learnt = groups(split.cohort());
      Set<String> tested = groups(split.test());
      assertEquals(20, learnt.size() + tested.size());
      assertEquals(4, tested.size());
    }
  }

  private static Set<String> groups(Cohort cohort) {
    Set<String> groups = new HashSet<>();
    cohort.runs().forEach(run -> groups.add(run.group()));
    return groups;
  }

  @Test
  void neighbouringSeedsDivideACorpusInOtherWays() throws IOException {
    new SyntheticCorpus(60, 1).write(folder);
    Corpus corpus = Corpus.read(folder);
    Set<Set<String>> tests = new HashSet<>();
    for (long seed : List.of(0L, 1L, 2L)) {
      var drawn = new Training(List.of(0.0), new Good.Quantile(0.5), seed, 5);
      for (int i = 0; i < 5; i++) {
        tests.add(groups(drawn.split(corpus, i).test()));
      }
    }
    assertEquals(15, tests.size());
  }

  @Test
  void aFewRepetitionsGiveACeilingAndWhatIsNotDefinedIsLeftOut() throws IOException {
    var made = new SyntheticCorpus(20, 1);
    for (int i = 0; i < 6; i += 2) {
      Map<String, Object> again = new LinkedHashMap<>(made.runs().get(i));
      again.put("run", "again-" + i);
      again.put("repeat_of", "run-" + i);
      again.put("outcome", Map.of("val_loss", 0.1 + 0.1 * i));
      made.runs().add(again);
    }

    Figures overall = evaluate(made, folder).overall();

    assertTrue(overall.predictors().containsKey("ceiling"));
    Map<?, ?> printed = (Map<?, ?>) overall.toFields().get("predictors");
    Map<?, ?> optimist = (Map<?, ?>) printed.get("always_good");
    assertFalse(optimist.containsKey("spearman"));
    assertTrue(optimist.containsKey("f1"));
  }
}
