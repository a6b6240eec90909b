package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

  private static final Training TRAINING =
      new Training(List.of(0.0, 0.1), new Good.Quantile(0.5), 1, 5);

  private static Corpus corpus;
  private static Corpus unseen;
  private static byte[] file;
  private static Predictor predictor;

  @BeforeAll
  static void train(@TempDir Path folder) throws IOException {
    new SyntheticCorpus(60, 1).write(folder);
    corpus = Corpus.read(folder);
    new SyntheticCorpus(60, 2).write(folder);
    unseen = Corpus.read(folder);
    file = TRAINING.train(corpus, true, Map.of(), Progress.SILENT);
    predictor = Predictor.read(file);
  }

  private static Evidence anyone() {
    return unseen.runs().getFirst().at(0).orElseThrow();
  }

  @Test
  void theSameSeedGivesTheSameFile() {
    assertArrayEquals(file, TRAINING.train(corpus, true, Map.of(), Progress.SILENT));
  }

  @Test
  void runsThatItHasNotSeenAreRankedByWhatTheirSpectrumSays() {
    double[] predicted = new double[unseen.runs().size()];
    double[] actual = new double[predicted.length];
    for (int i = 0; i < predicted.length; i++) {
      FinishedRun run = unseen.runs().get(i);
      Prediction prediction = predictor.predict(run.at(0).orElseThrow());
      predicted[i] = prediction.outlook().map(Prediction.Outlook::loss).orElse(0.5);
      actual[i] = run.outcome();
    }

    assertTrue(Ranking.spearman(predicted, actual) > 0.8);
  }

  @Test
  void aboutNineOfTenOutcomesLieInTheirIntervals() {
    int inside = 0;
    int all = 0;
    for (FinishedRun run : unseen.runs()) {
      var outlook = predictor.predict(run.at(0.1).orElseThrow()).outlook();
      if (outlook.isPresent()) {
        all++;
        inside +=
            outlook.get().low() <= run.outcome() && run.outcome() <= outlook.get().high() ? 1 : 0;
      }
    }

    assertTrue(inside >= 0.75 * all, inside + " of " + all);
  }

  @Test
  void scalarsAndHyperparametersMayBeMissing() {
    Evidence whole = anyone();
    Evidence bare =
        new Evidence(
            whole.architecture(),
            whole.progress(),
            whole.plannedSteps(),
            whole.spectrum(),
            Map.of(),
            Map.of());

    Prediction.Outlook outlook = predictor.predict(bare).outlook().orElseThrow();

    assertEquals(List.of("spectrum"), List.copyOf(outlook.contribution().keySet()));
    assertTrue(outlook.baselines().containsKey("max"));
    assertTrue(!outlook.baselines().containsKey("hyperparameters"));
  }

  @Test
  void ofHyperparametersSomeMayBeMissing() {
    Evidence whole = anyone();
    Map<String, Object> some = new HashMap<>(whole.config());
    some.remove("decay");
    Evidence partly =
        new Evidence(
            whole.architecture(),
            whole.progress(),
            whole.plannedSteps(),
            whole.spectrum(),
            whole.scalars(),
            some);

    Prediction.Outlook all = predictor.predict(whole).outlook().orElseThrow();
    Prediction.Outlook less = predictor.predict(partly).outlook().orElseThrow();

    assertEquals(all.contribution().keySet(), less.contribution().keySet());
    assertEquals(all.baselines().keySet(), less.baselines().keySet());
    assertNotEquals(
        all.baselines().get("hyperparameters"), less.baselines().get("hyperparameters"));
  }

  @Test
  void theSpectrumThatABetterLossNeedsIsJudgedByEncodingItAgain() {
    double[] outcomes = corpus.runs().stream().mapToDouble(FinishedRun::outcome).sorted().toArray();
    double wanted = outcomes[5];

    WhatIf supposed = predictor.whatIf(anyone(), wanted);

    assertEquals(supposed.present().size(), supposed.needed().size());
    assertEquals(wanted, supposed.wanted());
    assertTrue(
        Math.abs(supposed.reencoded() - wanted) < Math.abs(supposed.predicted() - wanted),
        supposed.predicted() + " to " + supposed.reencoded());
  }

  @Test
  void anEndThatNoRunOfTheTrainingHadIsRefused() {
    RefusedException refusal =
        assertThrows(RefusedException.class, () -> predictor.whatIf(anyone(), 50));

    assertEquals("loss", refusal.field());
  }

  @Test
  void anUnknownCellIsNotPredictable() {
    Evidence whole = anyone();
    var gru = new Architecture("gru", 1, 24, 1, true, "", "tanh", Map.of());
    Evidence other =
        new Evidence(
            Optional.of(gru),
            whole.progress(),
            whole.plannedSteps(),
            whole.spectrum(),
            Map.of(),
            Map.of());

    Verdict verdict = predictor.predict(other).verdict();

    assertInstanceOf(Verdict.NotPredictable.class, verdict);
    assertEquals("the predictor knows no gru, only lstm, rnn", verdict.reason());
  }

  @Test
  void aTrainingBeyondTheLastStageIsNotPredictable() {
    Evidence whole = anyone();
    Evidence late =
        new Evidence(
            whole.architecture(),
            OptionalDouble.of(1.0),
            whole.plannedSteps(),
            whole.spectrum(),
            whole.scalars(),
            whole.config());

    Verdict verdict = predictor.predict(late).verdict();

    assertInstanceOf(Verdict.NotPredictable.class, verdict);
    assertTrue(verdict.reason().startsWith("the training is at 100 %"), verdict.reason());
  }

  @Test
  void aSpectrumUnlikeAllOthersIsOutOfDistribution() {
    Evidence whole = anyone();
    var chaos =
        new Evidence.Spectrum(
            List.of(9.0, 8.0, 7.0, 6.0), 0, whole.spectrum().orElseThrow().protocol());
    Evidence foreign =
        new Evidence(
            whole.architecture(),
            whole.progress(),
            whole.plannedSteps(),
            Optional.of(chaos),
            whole.scalars(),
            whole.config());

    assertInstanceOf(Verdict.OutOfDistribution.class, predictor.predict(foreign).verdict());
  }

  @Test
  void theStepOfAWhatIfReachesTheWantedLossInLatentSpace() {
    var space = ((TrainedPredictor) predictor).space();
    double[] latent = space.aelle().latent(SpectrumShape.curve(anyone().spectrum().orElseThrow()));

    double[] moved = space.aelle().toward(latent, -0.75);

    assertEquals(-0.75, space.aelle().network().predict(moved), 1e-9);
  }

  @Test
  void theDefaultBeatsGuessingAndAlwaysGoodIsWhatItIs() {
    Evaluation evaluation = Evaluation.of(corpus, TRAINING, Progress.SILENT).getFirst();

    assertTrue(evaluation.figure("default", "auc").mean() > 0.85);
    assertEquals(0.5, evaluation.figure("always_good", "auc").mean(), 1e-12);
    assertEquals(0, evaluation.figure("always_good", "good_stopped").mean());
  }
}
