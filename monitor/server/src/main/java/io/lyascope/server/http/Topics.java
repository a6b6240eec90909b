package io.lyascope.server.http;

import io.lyascope.server.control.CommandBook;
import io.lyascope.server.control.CommandStatus;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.runs.Run;
import io.lyascope.server.runs.RunBook;
import io.lyascope.server.runs.RunEvent;
import io.lyascope.server.runs.RunWatcher;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The topics: the fleet always, a run's while somebody looks at it. Changes are collected and told
 * together, so that a topic changes as often as it is asked to and no more.
 */
final class Topics implements RunWatcher {

  static final String FLEET = "fleet";
  private static final String RUN = "run/";

  private final RunBook book;
  private final CommandBook commands;
  private final InstantSource clock;
  private final Supplier<Map<String, Object>> monitor;
  private final Topic fleet;
  private final Map<String, Topic> runs = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();

  /**
   * @param monitor what the fleet topic says of the monitor itself
   */
  Topics(
      RunBook book,
      CommandBook commands,
      InstantSource clock,
      Supplier<Map<String, Object>> monitor) {
    this.book = book;
    this.commands = commands;
    this.clock = clock;
    this.monitor = monitor;
    this.fleet = topic(FLEET);
    commands.watch(changed::add);
  }

  /** Numbers start at the time, so that nobody takes an old number for a new one. */
  private Topic topic(String name) {
    return new Topic(name, clock.millis());
  }

  @Override
  public void changed(Run run) {
    changed.add(run.id());
  }

  @Override
  public void removed(Run run) {
    changed.add(run.id());
  }

  /** The topic of this name; empty if there is none. */
  Optional<Topic> find(String name) {
    if (name.equals(FLEET)) {
      return Optional.of(fleet);
    }
    return name.startsWith(RUN)
        ? book.find(name.substring(RUN.length())).map(this::open)
        : Optional.empty();
  }

  private Topic open(Run run) {
    return runs.computeIfAbsent(
        RUN + run.id(),
        name -> {
          Topic topic = topic(name);
          topic.update(fields(run));
          return topic;
        });
  }

  /** Tells what has changed since the last time. */
  void flush() {
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("monitor", monitor.get());
    for (String id : changed) {
      Optional<Run> run = book.find(id);
      lines.put(RUN + id, run.map(Run::summary));
      Topic topic = runs.get(RUN + id);
      if (topic != null) {
        run.ifPresent(known -> topic.update(fields(known)));
      }
    }
    changed.clear();
    fleet.update(lines);
  }

  /** Forgets run topics at which nobody looks; who comes back to one gets a snapshot. */
  void prune(Predicate<String> isWatched) {
    runs.keySet().removeIf(isWatched.negate());
  }

  private Map<String, Object> fields(Run run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("summary", run.summary());
    fields.put("latest", run.latest().map(Reading::toFields));
    fields.put("live", run.live().map(Reading::toFields));
    fields.put("prediction", run.prediction().map(PredictionDocument::toFields));
    fields.put("events", run.events().stream().map(RunEvent::toFields).toList());
    fields.put("commands", commands.of(run.id()).stream().map(CommandStatus::toFields).toList());
    return fields;
  }
}
