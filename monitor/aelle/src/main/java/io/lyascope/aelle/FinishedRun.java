package io.lyascope.aelle;

import io.lyascope.snapshot.Architecture;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A run whose end is known.
 *
 * @param run its id
 * @param group what must not be split between training and test
 * @param config hyper-parameters as the user named them
 * @param stages by progress
 * @param outcome the final value of the corpus's metric; NaN if the run ended so
 * @param repeatOf the run that started from the same initial weights
 */
public record FinishedRun(
    String run,
    String group,
    Architecture architecture,
    Map<String, Object> config,
    List<Stage> stages,
    double outcome,
    Optional<String> repeatOf) {

  /**
   * The run at one moment.
   *
   * @param progress 0..1 of the planned training
   * @param step of the training; empty if the corpus does not say
   */
  public record Stage(
      double progress,
      OptionalLong step,
      Evidence.Spectrum spectrum,
      Map<String, Double> scalars) {}

  /** How many steps the whole training took, from the last stage that tells. */
  OptionalDouble plannedSteps() {
    return stages.stream()
        .filter(stage -> stage.progress() > 0 && stage.step().orElse(0) > 0)
        .mapToDouble(stage -> stage.step().getAsLong() / stage.progress())
        .reduce((_, last) -> last);
  }

  /** The same run in this family. */
  FinishedRun of(String family, Optional<String> first) {
    return new FinishedRun(run, family, architecture, config, stages, outcome, first);
  }

  /** The name of its architecture, as predictors know it. */
  String cell() {
    return Facts.cell(architecture);
  }

  /** What was known at about this progress: within a hundredth, or a fifth of it. */
  Optional<Evidence> at(double progress) {
    double slack = Math.max(0.01, progress / 5);
    return stages.stream()
        .filter(stage -> Math.abs(stage.progress() - progress) <= slack)
        .min(Comparator.comparingDouble(stage -> Math.abs(stage.progress() - progress)))
        .map(this::evidence);
  }

  /** What was known at a stage. */
  Evidence evidence(Stage stage) {
    return new Evidence(
        Optional.of(architecture),
        OptionalDouble.of(stage.progress()),
        plannedSteps(),
        Optional.of(stage.spectrum()),
        stage.scalars(),
        config);
  }

  /**
   * Whether the other one is the same training, whatever its name. A second training of the same
   * network is none, even if it began alike and ended in NaN as well.
   */
  boolean isCopyOf(FinishedRun other) {
    return (run.equals(other.run) || !isRepetition(other))
        && Double.compare(outcome, other.outcome) == 0
        && architecture.equals(other.architecture)
        && stages.equals(other.stages)
        && config.equals(other.config);
  }

  private boolean isRepetition(FinishedRun other) {
    return repeatOf.filter(other.run::equals).isPresent()
        || other.repeatOf.filter(run::equals).isPresent()
        || (repeatOf.isPresent() && repeatOf.equals(other.repeatOf));
  }
}
