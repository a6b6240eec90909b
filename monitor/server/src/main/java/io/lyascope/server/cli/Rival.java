package io.lyascope.server.cli;

import io.lyascope.aelle.Comparison;
import io.lyascope.aelle.Corpus;
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
  static Optional<Rival> of(TrainArguments arguments, Corpus corpus) throws IOException {
    if (arguments.out().isEmpty()) {
      return Optional.empty();
    }
    if (arguments.against().isPresent()) {
      String file = arguments.against().get();
      Predictor named = ModelFiles.load(List.of(file)).all().getFirst();
      if (!named.judges(corpus)) {
        throw new RefusedException(
            RefusedException.Kind.UNSUPPORTED,
            "against",
            "%s is for task %s and its protocol, the corpus of task %s is not"
                .formatted(file, named.task(), corpus.task()));
      }
      return Optional.of(new Rival(named, isSame(Path.of(file), arguments.out().get())));
    }
    Optional<Rival> there =
        read(arguments.out().get()).map(predictor -> new Rival(predictor, true));
    return there
        .or(() ->
            ModelFiles.bundled().all().stream()
                .filter(predictor -> predictor.judges(corpus))
                .findFirst()
                .map(predictor -> new Rival(predictor, false)))
        .filter(rival -> rival.predictor().judges(corpus));
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return Files.exists(other) && Files.isSameFile(one, other);
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
      return "predictor %s has learnt from nearly all of these runs: not compared".formatted(name);
    }
    Comparison found = comparison.get();
    String result =
        switch (found.result()) {
          case BETTER -> "better than";
          case ALIKE -> "not distinguishable from";
          case WORSE -> "worse than";
        };
    return String.format(
        Locale.ROOT,
        "on %d unseen runs the new predictor is %s predictor %s:"
            + " Brier score %.3f, not %.3f (difference %.3f to %.3f)",
        found.runs(),
        result,
        name,
        found.fresh().mean(),
        found.old().mean(),
        found.difference().low(),
        found.difference().high());
  }
}
