package io.lyascope.server.metrics;

import io.lyascope.aelle.Prediction.Outlook;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.prediction.Verdicts;
import io.lyascope.server.runs.Run;
import io.lyascope.server.runs.RunState;
import io.lyascope.server.runs.RunWatcher;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.RunDocument;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What verdicts would have been good for, had they been followed: the training time that stopping
 * would have saved, and how those ended that would have been stopped. Belongs to the run book's
 * context.
 */
final class PredictionMeters implements RunWatcher {

  /** A longer time between two looks at the clock was spent asleep. */
  private static final Duration LONGEST_TICK = Duration.ofSeconds(10);

  private static final String DOOMED = "doomed";

  private final MeterRegistry registry;
  private final ProjectLabels projects;
  private final InstantSource clock;
  private final Map<String, Followed> runs = new HashMap<>();
  private final Map<String, Totals> totals = new HashMap<>();
  private Instant lastTick;
  private boolean live;

  /** What was said of one attempt of a run. */
  private static final class Followed {
    private final Run run;
    private int attempt;
    private Optional<String> called = Optional.empty();
    private Optional<Outlook> standard = Optional.empty();
    private boolean over;

    Followed(Run run) {
      this.run = run;
      this.attempt = run.attempt();
    }

    /** Once doomed, always doomed: who follows verdicts would have stopped it. */
    void hear(PredictionDocument prediction) {
      if (!isDoomed()) {
        called = Optional.of(prediction.forecast().verdict().kind());
      }
      standard = prediction.forecast().outlook().or(() -> standard);
    }

    boolean isDoomed() {
      return called.filter(DOOMED::equals).isPresent();
    }
  }

  /** The counters of a project. */
  private record Totals(Counter training, Counter doomed, Map<Tags, Counter> ended) {}

  PredictionMeters(MeterRegistry registry, ProjectLabels projects, InstantSource clock) {
    this.registry = registry;
    this.projects = projects;
    this.clock = clock;
    this.lastTick = clock.instant();
  }

  /** What happened before the monitor was ready was counted by an earlier one. */
  void live(boolean ready) {
    live = ready;
  }

  @Override
  public void changed(Run run) {
    totals.computeIfAbsent(projects.of(run), this::register);
    Followed followed = runs.computeIfAbsent(run.id(), _ -> new Followed(run));
    if (followed.attempt != run.attempt()) {
      followed = new Followed(run);
      runs.put(run.id(), followed);
    }
    run.prediction().ifPresent(followed::hear);
    if (run.state().isOver() && !followed.over) {
      followed.over = true;
      ended(followed);
    } else if (!run.state().isOver()) {
      followed.over = false;
    }
  }

  @Override
  public void removed(Run run) {
    runs.remove(run.id());
  }

  /** Looks at the clock. */
  void tick() {
    Instant now = clock.instant();
    Duration passed = Duration.between(lastTick, now);
    lastTick = now;
    if (passed.isNegative() || passed.compareTo(LONGEST_TICK) > 0) {
      return;
    }
    double seconds = passed.toNanos() / 1e9;
    for (Followed followed : runs.values()) {
      if (followed.run.state() == RunState.RUNNING) {
        Totals total = totals.get(projects.of(followed.run));
        if (total != null) {
          total.training().increment(seconds);
          total.doomed().increment(followed.isDoomed() ? seconds : 0);
        }
      }
    }
  }

  private void ended(Followed followed) {
    if (!live || followed.called.isEmpty() || followed.standard.isEmpty()) {
      return;
    }
    outcome(followed.run, followed.standard.get())
        .ifPresent(outcome ->
            totals
                .get(projects.of(followed.run))
                .ended()
                .get(tags(followed.called.get(), outcome))
                .increment());
  }

  /** Good or bad; of a run that was stopped nobody knows. */
  private static Optional<String> outcome(Run run, Outlook standard) {
    return switch (run.state()) {
      case FAILED -> Optional.of("bad");
      case FINISHED -> {
        OptionalDouble end = end(run, standard.metric());
        yield end.isPresent()
            ? Optional.of(
                standard.goal().isGood(end.getAsDouble(), standard.threshold()) ? "good" : "bad")
            : Optional.empty();
      }
      case WAITING, RUNNING, STALLED, LOST, STOPPED -> Optional.empty();
    };
  }

  /**
   * The final value of what was predicted: as the run declares it, or else a loss as it was last.
   */
  private static OptionalDouble end(Run run, String metric) {
    Map<String, Object> declared = run.document().map(RunDocument::outcome).orElse(Map.of());
    try {
      OptionalDouble value = new JsonObject(declared).number(metric);
      if (value.isPresent()) {
        return value;
      }
    } catch (JsonException _) {
      // A word in its place is no outcome.
    }
    return metric.equals("val_loss") ? run.validationLoss() : OptionalDouble.empty();
  }

  /** An increase from a series that appears at its first value would be missed. */
  private Totals register(String project) {
    Map<Tags, Counter> ended = new HashMap<>();
    for (String called : Verdicts.KINDS) {
      for (String outcome : new String[] {"good", "bad"}) {
        Tags tags = tags(called, outcome);
        ended.put(
            tags,
            Counter.builder("lyascope_predicted_runs_total")
                .description(
                    "Runs that ended, by what they were called before (doomed: at least once).")
                .tags(tags.and("project", project))
                .register(registry));
      }
    }
    return new Totals(
        seconds("lyascope_training_seconds_total", "Time that runs trained.", project),
        seconds(
            "lyascope_doomed_seconds_total",
            "Time that runs trained on after they were called doomed.",
            project),
        ended);
  }

  private Counter seconds(String name, String help, String project) {
    return Counter.builder(name).description(help).tag("project", project).register(registry);
  }

  private static Tags tags(String called, String outcome) {
    return Tags.of("called", called, "outcome", outcome);
  }
}
