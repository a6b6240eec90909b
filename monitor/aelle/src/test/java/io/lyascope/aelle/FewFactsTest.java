package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corpora in which something is missing, infinite or the same everywhere. */
class FewFactsTest {

  @TempDir private Path folder;

  private final SyntheticCorpus made = new SyntheticCorpus(60, 1);

  @SuppressWarnings("unchecked") // as the synthetic corpus was made
  private static List<Map<String, Object>> stages(Map<String, Object> run) {
    return (List<Map<String, Object>>) run.get("stages");
  }

  private Corpus read() throws IOException {
    made.write(folder);
    return Corpus.read(folder);
  }

  private static Training at(Double... stages) {
    return new Training(List.of(stages), new Good.Quantile(0.5), 1, 5);
  }

  private Predictor train(Double... stages) throws IOException {
    return Predictor.read(at(stages).train(read(), true, Map.of(), Progress.SILENT));
  }

  private Evidence seen(double stage) throws IOException {
    return read().runs().getFirst().at(stage).orElseThrow();
  }

  private static Evidence with(
      Evidence whole, Architecture architecture, double progress, Map<String, Double> scalars) {
    return new Evidence(
        Optional.of(architecture),
        OptionalDouble.of(progress),
        whole.plannedSteps(),
        whole.spectrum(),
        scalars,
        whole.config());
  }

  @Test
  void scalarsAreHeardWhereTheMetricIsNotAmongThem() throws IOException {
    for (Map<String, Object> run : made.runs()) {
      for (Map<String, Object> stage : stages(run)) {
        double loss = (double) ((Map<?, ?>) stage.get("scalars")).get("val_loss");
        stage.put("scalars", Map.of("val_loss", loss, "train_loss", 1.5 * loss));
      }
    }
    Predictor predictor = train(0.1);
    Evidence whole = seen(0.1);
    Map<String, Double> some = Map.of("train_loss", whole.scalars().get("train_loss"));

    var outlook =
        predictor
            .predict(with(whole, whole.architecture().orElseThrow(), 0.1, some))
            .outlook()
            .orElseThrow();

    assertTrue(outlook.contribution().containsKey("scalars"), outlook.contribution().toString());
    assertFalse(outlook.baselines().containsKey("loss"));
  }

  @Test
  void minusInfinityAmongScalarsPoisonsNothing() throws IOException {
    for (int i = 0; i < 9; i++) {
      stages(made.runs().get(i))
          .forEach(stage -> stage.put("scalars", Map.of("val_loss", "-Infinity")));
    }
    Predictor predictor = train(0.1);

    for (FinishedRun run : read().runs()) {
      var outlook = predictor.predict(run.at(0.1).orElseThrow()).outlook();
      outlook.ifPresent(said -> assertTrue(Double.isFinite(said.probability())));
    }
  }

  @Test
  void whereManyEndInNanTheIntervalHasNoEnd() throws IOException {
    for (int i = 0; i < 20; i++) {
      made.runs().get(i).put("outcome", Map.of("val_loss", i % 2 == 0 ? "NaN" : "-Infinity"));
    }
    Predictor predictor = train(0.1);

    long open = 0;
    for (FinishedRun run : read().runs()) {
      var outlook = predictor.predict(run.at(0.1).orElseThrow()).outlook();
      if (outlook.isPresent()) {
        assertTrue(Double.isFinite(outlook.get().low()));
        assertTrue(Double.isFinite(outlook.get().loss()));
        open += outlook.get().high() == Double.POSITIVE_INFINITY ? 1 : 0;
      }
    }
    assertTrue(open > 10, open + " intervals are open");
  }

  @Test
  void aNetworkWhoseSizeTheTrainingDidNotTellIsNoStranger() throws IOException {
    for (Map<String, Object> run : made.runs()) {
      run.put("architecture", Map.of("cell", "lstm"));
    }
    Predictor predictor = train(0.0);
    Evidence whole = seen(0);
    var known = new Architecture("lstm", 1, 24, 1, true, "", "tanh", Map.of());

    Prediction prediction = predictor.predict(with(whole, known, 0, whole.scalars()));

    assertTrue(prediction.outlook().isPresent(), prediction.verdict().reason());
  }

  @Test
  void theOnlyArchitectureOfATrainingSaysAsMuchAsTheBaseRate() throws IOException {
    for (Map<String, Object> run : made.runs()) {
      run.put("architecture", Map.of("cell", "lstm", "hidden_size", 24));
    }
    var outlook = train(0.0).predict(seen(0)).outlook().orElseThrow();

    assertEquals(outlook.baseRate(), outlook.baselines().get("architecture"));
  }

  @Test
  void aSingleStageReachesNotToTheEnd() throws IOException {
    Predictor predictor = train(0.0);
    Evidence whole = seen(0);
    Architecture network = whole.architecture().orElseThrow();

    assertTrue(predictor.predict(with(whole, network, 0.04, Map.of())).outlook().isPresent());
    Verdict late = predictor.predict(with(whole, network, 0.9, Map.of())).verdict();
    assertInstanceOf(Verdict.NotPredictable.class, late);
    assertEquals("the training is at 90 %, the predictor reaches to 5 %", late.reason());
  }

  @Test
  void verdictsStayOpenAtTheStagesThatAreNotTrusted() throws IOException {
    byte[] file = at(0.0, 0.1).train("half", read(), stage -> stage > 0, Map.of(), Progress.SILENT);
    Predictor predictor = Predictor.read(file);

    assertEquals(false, predictor.card().get("trusted"));
    int decided = 0;
    for (FinishedRun run : read().runs()) {
      assertFalse(isDecided(predictor.predict(run.at(0).orElseThrow())));
      decided += isDecided(predictor.predict(run.at(0.1).orElseThrow())) ? 1 : 0;
    }
    assertTrue(decided > 20, decided + " are decided");
  }

  private static boolean isDecided(Prediction prediction) {
    return prediction.verdict() instanceof Verdict.Doomed
        || prediction.verdict() instanceof Verdict.Promising;
  }

  @Test
  void aStageWithoutGroupsOrKindsIsRefusedByName() throws IOException {
    for (int i = 0; i < 60; i++) {
      if (i < 20) {
        made.runs().get(i).put("group", "family-" + i % 4);
      } else {
        stages(made.runs().get(i)).removeLast();
      }
    }
    Corpus families = read();
    at(0.0).requireEnough(families);
    assertEquals(
        "field group: the runs with a spectrum at progress 0.1 are of 4 groups, which stay"
            + " together; wanted 5 or more",
        refusal(families));

    for (int i = 0; i < 20; i++) {
      made.runs().get(i).remove("group");
      made.runs().get(i).put("outcome", Map.of("val_loss", 50 + i));
    }
    assertEquals(
        "0 of 20 runs with a spectrum at progress 0.1 are good, wanted 4 or more of either kind",
        refusal(read()));
  }

  private static String refusal(Corpus corpus) {
    return assertThrows(RefusedException.class, () -> at(0.0, 0.1).requireEnough(corpus))
        .getMessage();
  }
}
