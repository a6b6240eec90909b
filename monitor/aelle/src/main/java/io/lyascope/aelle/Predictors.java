package io.lyascope.aelle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The predictors that are at hand.
 *
 * @param all in the order in which they are asked for
 */
public record Predictors(List<Predictor> all) {

  /** None at all. */
  public static final Predictors NONE = new Predictors(List.of());

  /** The key in a run's configuration that names its predictor. */
  public static final String CONFIG_KEY = "predictor";

  /** Copies the list. */
  public Predictors {
    all = List.copyOf(all);
  }

  /** Loads these files. */
  public static Predictors load(List<Path> files) throws IOException {
    List<Predictor> loaded = new ArrayList<>();
    for (Path file : files) {
      loaded.add(Predictor.load(file));
    }
    return new Predictors(loaded);
  }

  /**
   * The predictor that a run's configuration names, else all of its task.
   *
   * @param task of the run
   * @param config of the run
   */
  public Predictors of(Optional<String> task, Map<String, Object> config) {
    Predicate<Predictor> wanted =
        config.get(CONFIG_KEY) instanceof String name
            ? predictor -> predictor.name().equals(name)
            : predictor -> task.equals(Optional.of(predictor.task()));
    return new Predictors(all.stream().filter(wanted).toList());
  }

  /** The first that has a number for this evidence, else the first of all, to say why not. */
  public Optional<Predictor> pick(Evidence evidence) {
    return all.stream()
        .filter(predictor -> predictor.predict(evidence).outlook().isPresent())
        .findFirst()
        .or(() -> all.stream().findFirst());
  }
}
