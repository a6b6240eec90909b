package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.lyascope.snapshot.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainTest {

  private Corpus corpus;
  private Domain domain;
  private Evidence usual;

  @BeforeEach
  void read(@TempDir Path folder) throws IOException {
    new SyntheticCorpus(30, 1).write(folder);
    corpus = Corpus.read(folder);
    domain = Domain.of(corpus.runs());
    usual = corpus.runs().getFirst().at(0.1).orElseThrow();
  }

  private Evidence of(OptionalDouble steps, Map<String, Object> config) {
    return new Evidence(
        usual.architecture(), usual.progress(), steps, usual.spectrum(), Map.of(), config);
  }

  private Evidence with(Architecture architecture) {
    return new Evidence(
        Optional.of(architecture),
        usual.progress(),
        usual.plannedSteps(),
        usual.spectrum(),
        Map.of(),
        Map.of());
  }

  @Test
  void noRunOfTheTrainingIsForeign() {
    for (FinishedRun run : corpus.runs()) {
      assertEquals(Optional.empty(), domain.foreign(run.at(0).orElseThrow()));
    }
  }

  @Test
  void aTrainingOfAnotherLengthIsForeign() {
    assertEquals(
        Optional.of("planned steps: the run has 2000, all of the training had 500"),
        domain.foreign(of(OptionalDouble.of(2000), Map.of())));
    assertEquals(Optional.empty(), domain.foreign(of(OptionalDouble.of(900), Map.of())));
  }

  @Test
  void aHyperparameterFarOutsideIsForeignAndSeedsAndUnknownOnesAreNot() {
    Map<String, Object> config = new HashMap<>(Map.of("seed", 12345678987L, "depth", 1e9));
    assertEquals(Optional.empty(), domain.foreign(of(OptionalDouble.empty(), config)));

    config.put("lr", 1000);
    String reason = domain.foreign(of(OptionalDouble.empty(), config)).orElseThrow();
    assertEquals("config.lr: the run has 1000, the training had", reason.substring(0, 45));
  }

  @Test
  void anotherNumberOfLayersIsForeign() {
    var deep = new Architecture("lstm", 1, 24, 2, true, "", "tanh", Map.of());

    assertEquals(
        Optional.of("num_layers: the run has 2, all of the training had 1"),
        domain.foreign(with(deep)));
  }

  @Test
  void limitsReachOutFromZeroOnEitherSide() {
    var range = new Domain.Range(-2, 0, 2);

    assertEquals(
        List.of(true, true, false, false),
        List.of(range.holds(-3.9), range.holds(0), range.holds(0.1), range.holds(-4.1)));
  }

  @Test
  void aPredictorRefusesWhatIsForeign() {
    byte[] file =
        new Training(List.of(0.0, 0.1), new Good.Quantile(0.5), 1, 5)
            .train(corpus, true, Map.of(), Progress.SILENT);

    Verdict verdict = Predictor.read(file).predict(of(OptionalDouble.of(2000), Map.of())).verdict();

    assertInstanceOf(Verdict.OutOfDistribution.class, verdict);
    assertEquals("planned steps: the run has 2000, all of the training had 500", verdict.reason());
  }
}
