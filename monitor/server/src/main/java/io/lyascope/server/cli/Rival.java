package io.lyascope.server.cli;

import io.lyascope.aelle.Comparison;
import io.lyascope.aelle.Corpus;
import io.lyascope.aelle.Figure;
import io.lyascope.aelle.Predictor;
import io.lyascope.aelle.Training;
import io.lyascope.server.prediction.ModelFiles;
import io.lyascope.snapshot.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The predictor that a new one would take the place of.
 *
 * @param isOverwritten whether its file is
 */
record Rival(Predictor predictor, boolean isOverwritten) {

  /** The one that is named, or that is at the place of the new one, or that is bundled. */
  static Optional<Rival> of(TrainArguments arguments, Corpus corpus)
      throws IOException, RefusedByPolicyException {
    if (arguments.out().isEmpty()) {
      return Optional.empty();
    }
    Path out = arguments.out().get();
    if (arguments.against().isPresent()) {
      return Optional.of(named(arguments.against().get(), out, corpus));
    }
    Optional<Predictor> there = read(out);
    if (there.isEmpty()) {
      return ModelFiles.bundled().all().stream()
          .filter(predictor -> predictor.judges(corpus))
          .findFirst()
          .map(predictor -> new Rival(predictor, false));
    }
    Predictor present = there.get();
    if (present.judges(corpus)) {
      return Optional.of(new Rival(present, true));
    }
    if (arguments.replace()) {
      return Optional.empty();
    }
    throw new RefusedByPolicyException(
        "%s is the predictor of another task, protocol or outcome (%s); --replace overwrites it"
            .formatted(out, Printable.text(present.task())));
  }

  private static Rival named(String file, Path out, Corpus corpus) throws IOException {
    Predictor named = ModelFiles.load(List.of(file)).all().getFirst();
    if (!named.judges(corpus)) {
      throw new RefusedException(
          RefusedException.Kind.UNSUPPORTED,
          "against",
          "%s is for task %s, a protocol and an outcome that are not those of this corpus of task %s"
              .formatted(file, Printable.text(named.task()), Printable.text(corpus.task())));
    }
    return new Rival(named, Files.exists(out) && Files.isSameFile(Path.of(file), out));
  }

  /** A file that is no predictor is no rival. */
  private static Optional<Predictor> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Predictor.load(file));
    } catch (RefusedException _) {
      return Optional.empty();
    }
  }

  Optional<Comparison> compare(Corpus corpus, Training training) {
    return Comparison.of(corpus, training, predictor);
  }

  /** What came of it, for people. */
  String sentence(Optional<Comparison> comparison) {
    String name = Printable.text(predictor.name());
    if (comparison.isEmpty()) {
      return ("not compared with predictor %s: of the runs that it has not learnt from there are too"
              + " few, or too few that end on either side of its limit")
          .formatted(name);
    }
    Comparison found = comparison.get();
    String result =
        switch (found.result()) {
          case BETTER -> "better than";
          case ALIKE -> "not distinguishable from";
          case WORSE -> "worse than";
        };
    Figure difference = found.figures().get("brier").difference();
    return String.format(
        Locale.ROOT,
        "on %d runs that neither has learnt from the new predictor is %s predictor %s:"
            + " %s (difference %+.3f to %+.3f), %s, %s",
        found.runs(),
        result,
        name,
        figure("Brier score", found.figures().get("brier")),
        difference.low(),
        difference.high(),
        figure("AUC", found.figures().get("auc")),
        figure("F1", found.figures().get("f1")));
  }

  private static String figure(String metric, Comparison.Pair pair) {
    return String.format(
        Locale.ROOT, "%s %.3f against %.3f", metric, pair.fresh().mean(), pair.old().mean());
  }
}
