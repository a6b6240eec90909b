package io.lyascope.server.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.aelle.Goal;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.server.corpus.CorpusExport.NoCorpusException;
import io.lyascope.server.corpus.Tally.Fate;
import io.lyascope.server.demo.TinyRun;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusExportTest {

  @TempDir Path folder;

  private final List<String> unreadable = new ArrayList<>();
  private Optional<Goal> goal = Optional.empty();

  @Test
  void everyLineHoldsTheSpectraThatTheEngineMeasures() throws Exception {
    Tally tally = export(record("a", "\"val_loss\":0.5", 0, 10, 100));
    assertEquals(1, tally.of(Fate.KEPT));
    JsonObject run = runs().getFirst();
    assertEquals("a", run.requiredString("run"));
    assertEquals("a", run.requiredString("group"));
    assertEquals(0.5, run.object("outcome").orElseThrow().number("val_loss").orElseThrow());
    List<JsonObject> stages = run.objects("stages");
    for (int i = 0; i < 3; i++) {
      long step = List.of(0L, 10L, 100L).get(i);
      assertEquals(step, stages.get(i).integer("step").orElseThrow());
      assertEquals(step / 100.0, stages.get(i).number("progress").orElseThrow());
      double[] found = stages.get(i).numbers("exponents").orElseThrow();
      List<Double> wanted = spectrum("a", step);
      assertEquals(wanted.size(), found.length);
      for (int k = 0; k < found.length; k++) {
        assertEquals(wanted.get(k), found[k], 1e-5 * Math.abs(wanted.get(k)));
      }
    }
  }

  private static List<Double> spectrum(String run, long step) {
    Snapshot snapshot = Snapshot.read(TinyRun.snapshot(run, step), Limits.DEFAULT);
    Probe probe = Probe.read(TinyRun.probe("{}"), Limits.DEFAULT);
    return TangentFlow.begin(snapshot, probe, Protocol.DEFAULT).finish().exponents();
  }

  @Test
  void theHeaderSaysTaskProtocolAndMetric() throws Exception {
    export(record("a", "\"val_loss\":0.5", 0));
    JsonObject header =
        JsonObject.parse(Files.readString(folder.resolve("corpus").resolve("corpus.json")));
    assertEquals("corpus/1", header.requiredString("format"));
    assertEquals("tests", header.requiredString("task"));
    assertEquals("val_loss", header.requiredString("metric"));
    assertEquals("minimize", header.requiredString("goal"));
    JsonObject protocol = header.object("protocol").orElseThrow();
    assertEquals("full", protocol.requiredString("state"));
    // 50 steps of the probe less 20 of burn-in.
    assertEquals(30, protocol.integer("steps").orElseThrow());
  }

  @Test
  void aTrainingThatEndedInNanIsARunAndOneThatBrokeOffIsNot() throws Exception {
    Path nan = record("nan", "\"val_loss\":\"NaN\"", 0);
    rewrite(nan, "\"finished\",\"config\"", "\"failed\",\"config\"");
    Path crashed = record("crashed", "\"val_loss\":0.1", 0, 10);
    rewrite(crashed, "\"finished\",\"config\"", "\"failed\",\"config\"");
    Path silent = record("silent", "\"accuracy\":0.9", 0);
    Path unmeasured = record("unmeasured", "\"val_loss\":0.2");
    Tally tally = export(nan, crashed, silent, unmeasured);
    assertEquals(1, tally.of(Fate.KEPT));
    assertEquals(2, tally.of(Fate.WITHOUT_OUTCOME));
    assertEquals(1, tally.of(Fate.WITHOUT_SPECTRA));
    assertTrue(
        text().contains("\"outcome\":{\"val_loss\":\"NaN\"}"), "NaN is the string of the contract");
  }

  @Test
  void copiesUnderAnyNameCountOnce() throws Exception {
    Path original = record("a", "\"val_loss\":0.5", 0, 10);
    Tally tally = export(original, original, record("b", "\"val_loss\":0.5", 0, 10));
    assertEquals(1, tally.of(Fate.KEPT));
    assertEquals(2, tally.of(Fate.DUPLICATE));
  }

  @Test
  void runsAreAddedToACorpusThatIsThere() throws Exception {
    export(record("a", "\"val_loss\":0.5", 0));
    String first = text();
    Tally tally = export(record("a", "\"val_loss\":0.5", 0), record("b", "\"val_loss\":0.7", 10));
    assertEquals(1, tally.of(Fate.THERE_ALREADY));
    assertEquals(2, tally.of(Fate.KEPT));
    assertTrue(text().startsWith(first), "what was there stays as it was");
  }

  @Test
  void secondTrainingsShareTheGroupOfTheFirst() throws Exception {
    Path first = record("a", "\"val_loss\":0.5", 0);
    Path second = record("a2", "\"val_loss\":0.6", 0);
    rewrite(second, "\"seed\":1", "\"seed\":1,\"group\":\"a\",\"repeat_of\":\"a\"");
    Path orphan = record("c2", "\"val_loss\":0.6", 10);
    rewrite(orphan, "\"seed\":1", "\"seed\":1,\"group\":\"c\",\"repeat_of\":\"c\"");
    export(second, first, orphan);
    JsonObject repeated = runs().getFirst();
    assertEquals("a", repeated.requiredString("group"));
    assertEquals("a", repeated.requiredString("repeat_of"));
    assertEquals(Map.of("seed", 1L), repeated.object("config").orElseThrow().fields());
    assertEquals(Optional.empty(), runs().getLast().string("repeat_of"));
  }

  @Test
  void aSecondTrainingThatBeganAlikeAndEndedInNanIsNoCopy() throws Exception {
    Path first = record("a", "\"val_loss\":\"NaN\"", 0);
    Path second = record("a2", "\"val_loss\":\"NaN\"", 0);
    rewrite(second, "\"seed\":1", "\"seed\":1,\"repeat_of\":\"a\"");
    Tally tally = export(first, second);
    assertEquals(2, tally.of(Fate.KEPT));
    assertEquals("a", runs().getLast().requiredString("group"));
  }

  /** With more than this program writes, and less. */
  private void writeForeignCorpus() throws IOException {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    Files.writeString(
        corpus.resolve("corpus.json"),
        "{\"format\":\"corpus/1\",\"task\":\"tests\",\"goal\":\"maximize\",\"protocol\":"
            + "{\"steps\":30},\"card\":{\"source\":\"elsewhere\",\"licence\":\"free\"}}");
    Files.writeString(
        corpus.resolve("runs.jsonl"),
        "{\"run\":\"theirs\",\"architecture\":{\"cell\":\"rnn\"},\"outcome\":{\"val_loss\":1},"
            + "\"stages\":[{\"progress\":0,\"exponents\":[0.1,\"-Infinity\",\"-Infinity\"]}]}\n");
  }

  @Test
  void whatAnotherProgramBeganKeepsItsGoalItsCardAndItsDeadExponents() throws Exception {
    writeForeignCorpus();
    export(record("a", "\"val_loss\":0.5", 0));
    JsonObject header =
        JsonObject.parse(Files.readString(folder.resolve("corpus").resolve("corpus.json")));
    assertEquals("maximize", header.requiredString("goal"));
    JsonObject card = header.object("card").orElseThrow();
    assertEquals("elsewhere", card.requiredString("source"));
    assertEquals("free", card.requiredString("licence"));
    assertEquals(2, card.integer("runs").orElseThrow());
    JsonObject stage = runs().getFirst().objects("stages").getFirst();
    assertEquals(2, stage.integer("dead").orElseThrow());
  }

  @Test
  void aGoalThatContradictsTheCorpusIsRefused() throws Exception {
    writeForeignCorpus();
    goal = Optional.of(Goal.MINIMIZE);
    Path recording = record("a", "\"val_loss\":0.5", 0);
    var failure = assertThrows(NoCorpusException.class, () -> export(recording));
    assertTrue(failure.getMessage().endsWith("which is to maximize"), failure.getMessage());
  }

  @Test
  void otherTasksOtherProtocolsAndRubbishAreLeftOutAndCounted() throws Exception {
    Path other = record("other", "\"val_loss\":0.5", 0);
    rewrite(other, "\"task\":null", "\"task\":\"elsewhere\"");
    Path hidden = record("hidden", "\"val_loss\":0.4", 10);
    Files.write(hidden.resolve("probe.safetensors"), TinyRun.probe("{\"burn_in\":5}"));
    Path rubbish = Files.writeString(folder.resolve("rubbish.zip"), "no zip");
    Tally tally = export(record("a", "\"val_loss\":0.5", 0), other, hidden, rubbish);
    assertEquals(1, tally.of(Fate.KEPT));
    assertEquals(1, tally.of(Fate.OTHER_TASK));
    assertEquals(1, tally.of(Fate.OTHER_PROTOCOL));
    assertEquals(1, tally.of(Fate.UNREADABLE));
    assertEquals(List.of("rubbish.zip"), unreadable);
  }

  @Test
  void nothingIsWrittenWhereNothingIsLeft() throws Exception {
    Path silent = record("silent", "\"accuracy\":0.9", 0);
    var failure = assertThrows(NoCorpusException.class, () -> export(silent));
    assertTrue(failure.getMessage().contains("val_loss"), failure.getMessage());
    assertFalse(Files.exists(folder.resolve("corpus")));
  }

  private Path record(String run, String outcome, long... steps) throws IOException {
    Path recording = TinyRun.record(folder.resolve("recordings").resolve(run), run, steps);
    rewrite(recording, "\"outcome\":{\"val_loss\":0.5}", "\"outcome\":{" + outcome + "}");
    return recording;
  }

  private static void rewrite(Path recording, String former, String latter) throws IOException {
    Path file = recording.resolve("run.json");
    String text = Files.readString(file);
    assertTrue(text.contains(former), text);
    Files.writeString(file, text.replace(former, latter));
  }

  private Tally export(Path... recordings)
      throws IOException, InterruptedException, NoCorpusException {
    var export = new CorpusExport(folder.resolve("corpus"), Optional.empty(), "val_loss", goal);
    return export.fromRecordings(
        List.of(recordings), ProtocolPatch.NONE, 2, new Unreadable(unreadable));
  }

  private record Unreadable(List<String> files) implements CorpusExport.Progress {

    @Override
    public void measured(int done, int all) {
      assertTrue(done <= all);
    }

    @Override
    public void unreadable(Path file, String reason) {
      files.add(file.getFileName().toString());
    }
  }

  private String text() throws IOException {
    var written = new CorpusFolder(folder.resolve("corpus"));
    try (var lines = written.lines()) {
      return String.join("\n", lines.lines().toList());
    }
  }

  private List<JsonObject> runs() throws IOException, JsonException {
    List<JsonObject> runs = new ArrayList<>();
    for (String line : text().lines().toList()) {
      runs.add(JsonObject.parse(line));
    }
    return runs;
  }
}
