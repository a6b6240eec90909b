package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.snapshot.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {

  @TempDir private Path folder;

  private final SyntheticCorpus made = new SyntheticCorpus(20, 1);

  private Corpus read() throws IOException {
    made.write(folder);
    return Corpus.read(folder);
  }

  private String refusal() {
    return assertThrows(RefusedException.class, this::read).getMessage();
  }

  private Map<String, Object> first() {
    return made.runs().getFirst();
  }

  private Map<String, Object> firstStage() {
    return stages(first()).getFirst();
  }

  @SuppressWarnings("unchecked") // as the synthetic corpus was made
  private static List<Map<String, Object>> stages(Map<String, Object> run) {
    return (List<Map<String, Object>>) run.get("stages");
  }

  @Test
  void unknownFieldsAreIgnoredAndUsualStagesFound() throws IOException {
    first().put("novelty", Map.of("a", 1));

    Corpus corpus = read();

    assertEquals(20, corpus.runs().size());
    assertEquals(List.of(0.0, 0.1), corpus.stages());
  }

  @Test
  void aRunThatEndedInNanIsTheWorst() throws IOException {
    first().put("outcome", Map.of("val_loss", "NaN"));

    Corpus corpus = read();
    Cohort cohort = Cohort.of(corpus, corpus.runs(), new Good.Quantile(0.5));

    FinishedRun dead = corpus.runs().getFirst();
    double worst = corpus.runs().stream().mapToDouble(cohort::target).max().orElseThrow();
    assertEquals(worst, cohort.target(dead));
  }

  @Test
  void negativeInfinityIsAnExponentAndNanIsNone() throws IOException {
    firstStage().put("exponents", List.of(0.1, "-Infinity"));
    assertEquals(2, read().runs().getFirst().stages().size());

    firstStage().put("exponents", List.of(0.1, "NaN"));
    Corpus corpus = read();

    assertEquals(1, corpus.runs().getFirst().stages().size());
    assertTrue(corpus.remarks().getFirst().contains("1 spectra"));
  }

  @Test
  void copiesAreLeftOutAndContradictionsRefused() throws IOException {
    Map<String, Object> copy = new LinkedHashMap<>(first());
    copy.put("run", "another");
    made.runs().add(copy);
    assertEquals(20, read().runs().size());

    Map<String, Object> other = new LinkedHashMap<>(first());
    other.put("outcome", Map.of("val_loss", 99.5));
    made.runs().add(other);
    assertTrue(refusal().contains("line 22: field run is \"run-0\""));
  }

  @Test
  void whatIsMissingIsNamedWithItsLine() {
    made.runs().get(3).remove("outcome");

    assertEquals("runs.jsonl, line 4: field outcome is missing", refusal());
  }

  @Test
  void tooFewRunsAreRefused() {
    made.runs().subList(5, 20).clear();

    assertTrue(refusal().startsWith("5 runs can be learnt from"));
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    Files.writeString(folder.resolve("corpus.json"), "{\"format\":\"corpus/2\",\"task\":\"x\"}");

    var refusal = assertThrows(RefusedException.class, () -> Corpus.read(folder));

    assertEquals("format", refusal.field());
  }

  @Test
  void aSecondTrainingIsNoCopyEvenIfBothEndedInNan() throws IOException {
    Map<String, Object> again = new LinkedHashMap<>(first());
    again.put("run", "again");
    again.put("repeat_of", "run-0");
    first().put("outcome", Map.of("val_loss", "NaN"));
    again.put("outcome", Map.of("val_loss", "NaN"));
    made.runs().add(again);

    assertEquals(21, read().runs().size());
  }

  @Test
  void theSameNumbersOfAnotherArchitectureAreNoCopy() throws IOException {
    Map<String, Object> other = new LinkedHashMap<>(first());
    other.put("run", "other");
    other.put("architecture", Map.of("cell", "gru", "hidden_size", 24));
    made.runs().add(other);

    assertEquals(21, read().runs().size());
  }

  @Test
  void runsWithoutASpectrumAreCounted() throws IOException {
    made.runs().get(3).put("stages", List.of());
    made.runs().get(4).remove("stages");

    Corpus corpus = read();

    assertEquals(18, corpus.runs().size());
    assertEquals(List.of("2 runs have no usable spectrum and are left out"), corpus.remarks());
  }

  @Test
  void stagesThatAreNotUsualAreFoundAsWell() throws IOException {
    for (Map<String, Object> run : made.runs()) {
      stages(run).removeFirst();
      stages(run).getFirst().put("progress", 0.15);
    }
    assertEquals(List.of(0.15), read().stages());
  }
}
