package io.lyascope.server.cli;

import io.lyascope.aelle.Predictor;
import io.lyascope.aelle.Predictors;
import io.lyascope.aelle.WhatIf;
import io.lyascope.server.prediction.Forecast;
import io.lyascope.server.prediction.ModelFiles;
import io.lyascope.server.prediction.Subject;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RunDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which predictors are asked about every snapshot.
 *
 * @param predictors at least one
 * @param run what the run says of itself, if that was given
 * @param wantedLoss a final loss whose spectrum is asked for
 * @param heard whose replies count
 */
record PredictRequest(
    List<Predictor> predictors,
    Optional<RunDocument> run,
    Optional<Double> wantedLoss,
    Heard heard) {

  /** Whose replies count. */
  enum Heard {
    /** Those of all who were named. */
    ALL,
    /** That of the first who has numbers, or else of the first: nobody was named. */
    FIRST_THAT_FITS
  }

  /**
   * What a predictor says.
   *
   * @param whatIf the spectrum of the wanted loss, or why nobody can say; empty if none is wanted
   */
  record Reply(Forecast forecast, Optional<Supposition> whatIf) {

    Map<String, Object> toFields() {
      Map<String, Object> fields = new LinkedHashMap<>(forecast.toFields());
      whatIf.ifPresent(supposed -> fields.put("what_if", supposed.toFields()));
      return fields;
    }
  }

  /** An answer to what if. */
  sealed interface Supposition {

    Map<String, Object> toFields();

    /** There is one. */
    record Told(WhatIf whatIf) implements Supposition {
      @Override
      public Map<String, Object> toFields() {
        return whatIf.toFields();
      }
    }

    /** There is none. */
    record Untold(RefusedException why) implements Supposition {
      @Override
      public Map<String, Object> toFields() {
        return Map.of("error", why.getMessage());
      }
    }

    static Supposition of(Predictor predictor, Subject subject, double loss) {
      try {
        return new Told(predictor.whatIf(subject.evidence(), loss));
      } catch (RefusedException e) {
        return new Untold(e);
      }
    }
  }

  /**
   * Loads them.
   *
   * @param models files; none means those that come with this version
   * @param run the file {@code run.json} of a recording
   * @param wantedLoss a final loss whose spectrum is asked for
   * @throws RefusedException where a file is no predictor
   */
  static PredictRequest of(List<String> models, Optional<String> run, Optional<Double> wantedLoss) {
    Optional<RunDocument> document = run.map(PredictRequest::document);
    if (!models.isEmpty()) {
      return new PredictRequest(ModelFiles.load(models).all(), document, wantedLoss, Heard.ALL);
    }
    Predictors bundled = ModelFiles.bundled();
    if (bundled.all().isEmpty()) {
      throw new UsageException("--predict: no predictor comes with this version; name a MODEL");
    }
    if (document.isEmpty()) {
      return new PredictRequest(bundled.all(), document, wantedLoss, Heard.FIRST_THAT_FITS);
    }
    Optional<String> task = document.flatMap(RunDocument::task);
    Map<String, Object> config = document.map(RunDocument::config).orElse(Map.of());
    List<Predictor> able = bundled.of(task, config).all();
    if (able.isEmpty()) {
      throw nobody(bundled, task);
    }
    return new PredictRequest(able, document, wantedLoss, Heard.FIRST_THAT_FITS);
  }

  private static UsageException nobody(Predictors bundled, Optional<String> task) {
    return new UsageException(
        "--predict: none of the bundled predictors (%s) is for task %s; name a MODEL"
            .formatted(
                String.join(", ", bundled.all().stream().map(Predictor::task).toList()),
                task.orElse("unknown")));
  }

  private static RunDocument document(String file) {
    try {
      return RunDocument.parse(Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw new UsageException("--run " + file + ": " + FileProblem.sentence(e));
    } catch (JsonException e) {
      throw new UsageException("--run " + file + ": " + e.getMessage());
    }
  }

  /** The replies that count. */
  List<Reply> choose(List<Reply> replies) {
    return switch (heard) {
      case ALL -> replies;
      case FIRST_THAT_FITS ->
          replies.stream()
              .filter(reply -> reply.forecast().outlook().isPresent())
              .findFirst()
              .or(() -> replies.stream().findFirst())
              .stream()
              .toList();
    };
  }

  /** What one predictor says of what was measured; nothing of what is not complete. */
  Optional<Reply> ask(Predictor predictor, Subject subject) {
    return subject.isComplete()
        ? Optional.of(
            new Reply(
                Forecast.of(predictor.predict(subject.evidence())),
                wantedLoss.map(loss -> Supposition.of(predictor, subject, loss))))
        : Optional.empty();
  }
}
