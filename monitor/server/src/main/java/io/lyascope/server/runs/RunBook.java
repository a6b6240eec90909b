package io.lyascope.server.runs;

import io.lyascope.server.fact.Fact;
import io.lyascope.server.fact.Fact.KafkaState;
import io.lyascope.server.fact.Fact.Origin;
import io.lyascope.snapshot.ScalarsDocument;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All runs that are known, made of facts. Not thread-safe: one event-loop context owns it, and its
 * watchers are called there.
 */
public final class RunBook {

  /** How many runs are kept; those that ended longest ago leave first. */
  static final int CAPACITY = 1000;

  private static final Logger log = LoggerFactory.getLogger(RunBook.class);

  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final List<RunWatcher> watchers = new ArrayList<>();
  private final InstantSource clock;
  private final int capacity;
  private boolean catchingUp;

  /** An empty book. */
  public RunBook(InstantSource clock) {
    this(clock, CAPACITY);
  }

  RunBook(InstantSource clock, int capacity) {
    this.clock = clock;
    this.capacity = capacity;
  }

  /** Tells this watcher of every later change. */
  public void watch(RunWatcher watcher) {
    watchers.add(watcher);
  }

  /** Takes note. */
  public void accept(Fact fact) {
    Instant now = clock.instant();
    switch (fact) {
      case Fact.RunDeclared(var document) ->
          update(document.run(), now, run -> run.declared(document, now));
      case Fact.ScalarsReported(var document) ->
          update(document.run(), now, run -> run.reported(document, now, told(document, now)));
      case Fact.SnapshotArrived s ->
          update(
              s.run(),
              now,
              run -> run.arrived(s.attempt(), s.step(), s.progress(), s.architecture(), s.at()));
      case Fact.RunRemoved(var id) -> removed(id, now);
      case Fact.ProbeArrived(var id, _, var source) -> update(id, now, run -> run.probe(source));
      case Fact.ReadingMade made -> reading(made, now);
      case Fact.PredictionMade(var prediction, _) ->
          update(prediction.run(), now, run -> run.foretold(prediction));
      case Fact.ControlSeen _ -> {} // the command book's business
      case Fact.MonitorHealth(var kafka, _) -> catchingUp = kafka == KafkaState.RESTORING;
    }
  }

  /** What is read back in a rush when the monitor starts was said at the time that it says. */
  private Optional<Instant> told(ScalarsDocument document, Instant now) {
    return catchingUp
        ? document.time().map(then -> then.isAfter(now) ? now : then)
        : Optional.of(now);
  }

  private void reading(Fact.ReadingMade made, Instant now) {
    update(
        made.reading().run(),
        now,
        run -> {
          if (made.origin() == Origin.NEW) {
            run.measured(made.reading());
          } else {
            run.restored(made.reading());
          }
        });
  }

  private void update(String id, Instant now, Consumer<Run> change) {
    if (!runs.containsKey(id)) {
      makeRoom();
    }
    Run run = runs.computeIfAbsent(id, _ -> new Run(id, now));
    change.accept(run);
    run.tick(now);
    watchers.forEach(watcher -> watcher.changed(run));
  }

  /** Without its document a run of which nothing was measured is nothing at all. */
  private void removed(String id, Instant now) {
    Run run = runs.get(id);
    if (run == null) {
      return;
    }
    if (run.latest().isPresent()) {
      update(id, now, Run::undeclared);
    } else {
      remove(run);
    }
  }

  private void makeRoom() {
    if (runs.size() < capacity) {
      return;
    }
    Run leaving = Collections.min(runs.values(), Comparator.comparing(RunBook::worth));
    log.warn("Run {} is no longer kept: there are more than {} runs", leaving.id(), capacity);
    remove(leaving);
  }

  private void remove(Run run) {
    runs.remove(run.id());
    watchers.forEach(watcher -> watcher.removed(run));
  }

  /** What has ended is worth less than what may go on; then, what was not seen for longest. */
  private static Instant worth(Run run) {
    boolean over = run.state().isOver() || run.state() == RunState.LOST;
    Instant seen = run.lastSeen().orElse(Instant.EPOCH);
    return over ? seen.minusSeconds(Integer.MAX_VALUE) : seen;
  }

  /** Looks at the clock: runs stall and get lost by nothing happening. */
  public void tick() {
    Instant now = clock.instant();
    for (Run run : runs.values()) {
      if (run.tick(now)) {
        watchers.forEach(watcher -> watcher.changed(run));
      }
    }
  }

  /** All runs, in the order in which they were first heard of. */
  public Collection<Run> runs() {
    return Collections.unmodifiableCollection(runs.values());
  }

  /** The run of this id. */
  public Optional<Run> find(String id) {
    return Optional.ofNullable(runs.get(id));
  }
}
