package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorsTest {

  private static final Training TRAINING = new Training(List.of(0.0), new Good.Quantile(0.5), 1, 5);

  private static Corpus corpus;
  private static Predictors both;

  /** Two of the same task: the first knows lstm, the second rnn as well. */
  @BeforeAll
  static void train(@TempDir Path folder) throws IOException {
    var made = new SyntheticCorpus(40, 1);
    made.write(folder);
    corpus = Corpus.read(folder);
    byte[] second = TRAINING.train("wide", corpus, _ -> true, Map.of(), Progress.SILENT);
    made.runs().removeIf(run -> ((Map<?, ?>) run.get("architecture")).containsValue("rnn"));
    made.write(folder);
    Corpus lstm = Corpus.read(folder);
    byte[] first = TRAINING.train("narrow", lstm, _ -> true, Map.of(), Progress.SILENT);
    both = new Predictors(List.of(Predictor.read(first), Predictor.read(second)));
  }

  private static Evidence of(String cell) {
    return corpus.runs().stream()
        .filter(run -> run.cell().equals(cell))
        .findFirst()
        .flatMap(run -> run.at(0))
        .orElseThrow();
  }

  private static Predictor picked(Evidence evidence) {
    return both.of(Optional.of(corpus.task()), Map.of()).pick(evidence).orElseThrow();
  }

  @Test
  void ofATaskTheFirstThatHasANumberIsPicked() {
    assertEquals(both.all().getFirst(), picked(of("lstm")));
    assertEquals(both.all().getLast(), picked(of("rnn")));
  }

  @Test
  void whereNoneHasANumberTheFirstSaysWhy() {
    Evidence known = of("lstm");
    var unknown =
        new Evidence(
            Optional.empty(),
            known.progress(),
            known.plannedSteps(),
            known.spectrum(),
            known.scalars(),
            Map.of());

    assertEquals(both.all().getFirst(), picked(unknown));
  }

  @Test
  void aRunMayNameItsPredictorAndThenNoOtherIsAsked() {
    assertEquals(
        Optional.of(both.all().getLast()),
        both.of(Optional.of("another"), Map.of(Predictors.CONFIG_KEY, "wide")).pick(of("lstm")));
    assertEquals(
        Optional.empty(),
        both.of(Optional.of(corpus.task()), Map.of(Predictors.CONFIG_KEY, "none"))
            .pick(of("lstm")));
  }

  @Test
  void anotherTaskHasNone() {
    assertEquals(List.of(), both.of(Optional.of("another"), Map.of()).all());
    assertEquals(List.of(), both.of(Optional.empty(), Map.of()).all());
  }
}
