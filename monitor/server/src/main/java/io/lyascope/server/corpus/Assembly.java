package io.lyascope.server.corpus;

import io.lyascope.aelle.CorpusHeader;
import io.lyascope.aelle.ProtocolMatch;
import io.lyascope.server.corpus.Tally.Fate;
import io.lyascope.snapshot.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Puts finished runs and their spectra together, each run once. Not thread-safe.
 *
 * <p>The task is that of the first run unless one was asked for, the protocol that of the first
 * spectrum: what differs is counted and left out.
 */
final class Assembly {

  private final Tally tally = new Tally();
  private final Map<String, CorpusRun> runs = new LinkedHashMap<>();
  private final Map<Integer, List<CorpusRun>> byContent = new LinkedHashMap<>();
  private Optional<String> task;
  private Optional<Protocol> protocol = Optional.empty();

  /**
   * Begins with nothing.
   *
   * @param task the only one that is taken; empty for that of the first run
   */
  Assembly(Optional<String> task) {
    this.task = task;
  }

  /** Goes on where an earlier one ended: its runs are kept as they are. */
  static Assembly after(CorpusHeader header, List<CorpusRun> before) {
    var assembly = new Assembly(Optional.of(header.task()));
    assembly.protocol = Optional.of(header.protocol());
    before.forEach(assembly::take);
    return assembly;
  }

  boolean has(String run) {
    return runs.containsKey(run);
  }

  /** Adds a run with what was measured of it, by step. */
  void add(FinishedRun run, List<MeasuredStage> measured) {
    Fate fate = fate(run, measured);
    if (fate != Fate.KEPT) {
      tally.count(fate);
    }
  }

  /** Counts a run of which nothing more is to be had. */
  void leaveOut(Fate fate) {
    tally.count(fate);
  }

  private Fate fate(FinishedRun run, List<MeasuredStage> measured) {
    String name = run.document().run();
    if (has(name)) {
      return Fate.DUPLICATE;
    }
    Optional<String> itsTask = run.document().task().or(() -> run.document().project());
    if (task.isPresent() && !task.equals(itsTask)) {
      return Fate.OTHER_TASK;
    }
    if (measured.isEmpty()) {
      return Fate.WITHOUT_SPECTRA;
    }
    Protocol common = protocol.orElse(measured.getFirst().protocol());
    List<MeasuredStage> alike =
        measured.stream()
            .filter(stage -> ProtocolMatch.difference(common, stage.protocol()).isEmpty())
            .toList();
    if (alike.isEmpty()) {
      return Fate.OTHER_PROTOCOL;
    }
    List<Stage> stages = stages(run, alike);
    if (stages.isEmpty()) {
      return Fate.WITHOUT_SPECTRA;
    }
    CorpusRun whole = run.with(stages);
    if (isKnown(whole)) {
      return Fate.DUPLICATE;
    }
    task = task.or(() -> itsTask);
    protocol = Optional.of(common);
    take(whole);
    return Fate.KEPT;
  }

  private static List<Stage> stages(FinishedRun run, List<MeasuredStage> measured) {
    List<Stage> stages = new ArrayList<>();
    for (MeasuredStage stage : measured) {
      OptionalDouble progress =
          stage.progress().isPresent() ? stage.progress() : run.progress(stage.step());
      progress.ifPresent(where -> stages.add(stage.at(where)));
    }
    return stages;
  }

  private boolean isKnown(CorpusRun run) {
    return byContent.getOrDefault(run.stages().hashCode(), List.of()).stream()
        .anyMatch(run::isCopyOf);
  }

  private void take(CorpusRun run) {
    runs.put(run.run(), run);
    byContent.computeIfAbsent(run.stages().hashCode(), _ -> new ArrayList<>()).add(run);
    tally.count(Fate.KEPT);
  }

  Tally tally() {
    return tally;
  }

  Optional<String> task() {
    return task;
  }

  /** That of the first spectrum. */
  Optional<Protocol> protocol() {
    return protocol;
  }

  /** The runs in the order in which they came; a repetition of an absent run is none. */
  List<CorpusRun> runs() {
    return runs.values().stream()
        .map(run ->
            run.repeatOf().filter(name -> !has(name)).isPresent() ? run.withoutRepeatOf() : run)
        .toList();
  }
}
