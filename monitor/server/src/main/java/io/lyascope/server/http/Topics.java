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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The topics: the monitor and the fleet always, a run's while somebody looks at it, known or not.
 * Changes are collected and told together, so that a topic changes as often as it is asked to and
 * no more.
 */
final class Topics implements RunWatcher {

  private static final String FLEET = "fleet";
  private static final String MONITOR = "monitor";
  private static final String RUN = "run/";

  private final RunBook book;
  private final CommandBook commands;
  private final InstantSource clock;
  private final Supplier<Map<String, Object>> facts;
  private final Topic monitor;
  private final Topic fleet;
  private final Map<String, Topic> runs = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();

  /**
   * @param facts what the monitor says of itself
   */
  Topics(
      RunBook book,
      CommandBook commands,
      InstantSource clock,
      Supplier<Map<String, Object>> facts) {
    this.book = book;
    this.commands = commands;
    this.clock = clock;
    this.facts = facts;
    this.monitor = topic(MONITOR);
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
    return switch (name) {
      case MONITOR -> Optional.of(monitor);
      case FLEET -> Optional.of(fleet);
      default -> name.startsWith(RUN) ? Optional.of(open(name)) : Optional.empty();
    };
  }

  /** A run that is not known yet has a topic without fields, which get there with the run. */
  private Topic open(String name) {
    return runs.computeIfAbsent(
        name,
        _ -> {
          Topic topic = topic(name);
          topic.update(fields(run(name)));
          return topic;
        });
  }

  private Optional<Run> run(String topic) {
    return book.find(topic.substring(RUN.length()));
  }

  /** Tells what has changed since the last time. */
  void flush() {
    Map<String, Object> lines = new LinkedHashMap<>();
    for (String id : changed) {
      Optional<Run> run = book.find(id);
      lines.put(RUN + id, run.map(Run::summary));
      Topic topic = runs.get(RUN + id);
      if (topic != null) {
        topic.update(fields(run));
      }
    }
    changed.clear();
    fleet.update(lines);
    monitor.update(facts.get());
  }

  /** Forgets run topics at which nobody looks; who comes back to one gets a snapshot. */
  void prune(Predicate<String> isWatched) {
    runs.keySet().removeIf(isWatched.negate());
  }

  /**
   * Forgets at once the topic of a run that is not known: names can be made up faster than pruned.
   */
  void release(String name, Predicate<String> isWatched) {
    if (runs.containsKey(name) && run(name).isEmpty() && !isWatched.test(name)) {
      runs.remove(name);
    }
  }

  /** All fields, so that those of a run that is known no more are taken back. */
  private Map<String, Object> fields(Optional<Run> run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("summary", run.map(Run::summary));
    fields.put("latest", run.flatMap(Run::latest).map(Reading::toFields));
    fields.put("live", run.flatMap(Run::live).map(Reading::toFields));
    fields.put("prediction", run.flatMap(Run::prediction).map(PredictionDocument::toFields));
    fields.put(
        "events", run.map(known -> known.events().stream().map(RunEvent::toFields).toList()));
    fields.put("commands", run.map(this::commands));
    return fields;
  }

  private List<Map<String, Object>> commands(Run run) {
    return commands.of(run.id()).stream().map(CommandStatus::toFields).toList();
  }
}
