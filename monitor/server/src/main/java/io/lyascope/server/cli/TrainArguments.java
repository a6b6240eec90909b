package io.lyascope.server.cli;

import io.lyascope.aelle.Good;
import io.lyascope.aelle.Training;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code lyascope train} takes.
 *
 * @param name of the predictor; the task's where there is none
 * @param against a predictor that the new one is compared with, in place of the one that is there
 * @param replace whether a better predictor may be overwritten
 */
record TrainArguments(
    Path corpus,
    Optional<Path> out,
    Optional<String> name,
    Optional<String> against,
    boolean replace,
    Optional<List<Double>> stages,
    Good good,
    long seed,
    int splits,
    boolean json) {

  private static final Option CORPUS = new Option("--corpus", "DIR", "the finished runs");
  private static final Option OUT = new Option("--out", "MODEL", "write the predictor's file");
  private static final Option NAME =
      new Option("--name", "NAME", "by which runs may ask for it; the task");
  private static final Option AGAINST =
      new Option("--against", "MODEL", "compare with this predictor, not with the one at --out");
  private static final Option REPLACE =
      new Option("--replace", "", "overwrite the predictor at --out even if it is better");
  private static final Option STAGES =
      new Option(
          "--stages", "0,0.1,...", "progress values; by default those of the runs up to 0.5");
  private static final Option GOOD =
      new Option("--good", "SHARE%|VALUE", "what is good: the best share, or beyond a value; 50%");
  private static final Option SEED = new Option("--seed", "N", "of all random draws; 0");
  private static final Option SPLITS =
      new Option("--splits", "N", "how often training and test are drawn; 5");

  private static final Good HALF = new Good.Quantile(0.5);

  static final Usage USAGE =
      new Usage(
          "train",
          "--corpus DIR",
          "Train a predictor from finished runs, and say how good it is.",
          List.of(CORPUS, OUT, NAME, AGAINST, REPLACE, STAGES, GOOD, SEED, SPLITS, Option.JSON),
          Usage.Keys.REFUSED);

  static TrainArguments of(Arguments arguments) {
    arguments.withoutOperands();
    for (Option option : List.of(NAME, AGAINST, REPLACE)) {
      if (arguments.has(option) && !arguments.has(OUT)) {
        throw new UsageException(option.name() + " goes with --out");
      }
    }
    return new TrainArguments(
        arguments
            .value(CORPUS)
            .map(Path::of)
            .orElseThrow(() -> new UsageException("train needs --corpus DIR")),
        arguments.value(OUT).map(Path::of),
        arguments.value(NAME),
        arguments.value(AGAINST),
        arguments.has(REPLACE),
        arguments.value(STAGES).map(TrainArguments::stages),
        arguments.value(GOOD).map(TrainArguments::good).orElse(HALF),
        arguments.value(SEED).map(TrainArguments::seed).orElse(0L),
        arguments.value(SPLITS).map(TrainArguments::splits).orElse(5),
        arguments.has(Option.JSON));
  }

  private static List<Double> stages(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(part -> {
          double stage = number("--stages", part);
          if (!(stage >= 0 && stage < 1)) {
            throw new UsageException("--stages: " + part + " is not from 0 to below 1");
          }
          return stage;
        })
        .distinct()
        .sorted()
        .toList();
  }

  private static Good good(String text) {
    if (text.equals("quantile")) {
      return HALF;
    }
    if (!text.endsWith("%")) {
      double limit = number("--good", text);
      if (!Double.isFinite(limit)) {
        throw new UsageException("--good: " + limit + " divides no runs");
      }
      return new Good.Value(limit);
    }
    double share = number("--good", text.substring(0, text.length() - 1)) / 100;
    if (!(share > 0 && share < 1)) {
      throw new UsageException("--good: a share lies between 0% and 100%");
    }
    return new Good.Quantile(share);
  }

  private static int splits(String text) {
    double splits = number("--splits", text);
    if (splits < 1 || splits > Training.MOST_SPLITS || splits != Math.rint(splits)) {
      throw new UsageException(
          "--splits: \"%s\" is no number from 1 to %d"
              .formatted(Printable.text(text), Training.MOST_SPLITS));
    }
    return (int) splits;
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException _) {
      throw new UsageException("--seed: \"" + Printable.text(text) + "\" is no whole number");
    }
  }

  private static double number(String option, String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException _) {
      throw new UsageException(option + ": \"" + Printable.text(text) + "\" is no number");
    }
  }
}
