package io.lyascope.server.cli;

import io.lyascope.aelle.Predictor;
import io.lyascope.aelle.Predictors;
import io.lyascope.aelle.WhatIf;
import io.lyascope.server.prediction.Forecast;
import io.lyascope.server.prediction.LoadedPredictors;
import io.lyascope.server.prediction.ModelFiles;
import io.lyascope.server.prediction.PredictorName;
import io.lyascope.server.prediction.Subject;
import io.lyascope.server.reading.Reading.Refused;
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
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which predictors are asked about every snapshot.
 *
 * @param loaded those at hand
 * @param predictors those of them that are asked; none if they are of other tasks than the run
 * @param run what the run says of itself, if that was given
 * @param wantedLoss a final loss whose spectrum is asked for
 * @param heard whose replies count
 */
record PredictRequest(
    Predictors loaded,
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

  /**
   * The replies that count.
   *
   * @param several whether they are a list: one of each predictor that was named, in that order
   */
  record Replies(List<Reply> all, boolean several) {

    static final Replies NONE = new Replies(List.of(), false);

    /** The value of the field {@code prediction}; empty if nobody says anything. */
    Optional<Object> toJson() {
      if (several) {
        return Optional.of(all.stream().map(Reply::toFields).toList());
      }
      return all.stream().findFirst().map(Reply::toFields);
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
    record Untold(String why) implements Supposition {
      @Override
      public Map<String, Object> toFields() {
        return Map.of("error", why);
      }
    }

    static Supposition of(Supplier<WhatIf> question) {
      try {
        return new Told(question.get());
      } catch (RefusedException e) {
        return new Untold(e.getMessage());
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
      Predictors named = ModelFiles.load(models);
      return new PredictRequest(named, named.all(), document, wantedLoss, Heard.ALL);
    }
    Predictors bundled = ModelFiles.bundled();
    if (bundled.all().isEmpty()) {
      throw new UsageException("--predict: no predictor comes with this version; name a MODEL");
    }
    List<Predictor> able =
        document.map(said -> bundled.of(said.task(), said.config())).orElse(bundled).all();
    return new PredictRequest(bundled, able, document, wantedLoss, Heard.FIRST_THAT_FITS);
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

  /**
   * What is said of a snapshot; nothing where no measurement came to its end.
   *
   * @param printed what is printed of it
   * @param measured the same by the protocol of a predictor
   */
  Replies replies(Subject printed, Function<Predictor, Subject> measured) {
    if (predictors.isEmpty()) {
      return printed.isComplete() ? new Replies(List.of(nobody(printed)), false) : Replies.NONE;
    }
    if (predictors.stream().map(measured).noneMatch(Subject::isComplete)) {
      return Replies.NONE;
    }
    List<Reply> all = predictors.stream().map(one -> ask(one, measured.apply(one))).toList();
    return switch (heard) {
      case ALL -> new Replies(all, all.size() > 1);
      case FIRST_THAT_FITS -> new Replies(List.of(firstWithNumbers(all)), false);
    };
  }

  private static Reply firstWithNumbers(List<Reply> all) {
    return all.stream()
        .filter(reply -> reply.forecast().outlook().isPresent())
        .findFirst()
        .orElse(all.getFirst());
  }

  /** Where a run says what it is, a predictor answers as in a monitor that has loaded it alone. */
  private Reply ask(Predictor predictor, Subject subject) {
    if (!subject.isComplete()) {
      return unmeasured(predictor, subject);
    }
    if (run.filter(PredictRequest::choosesAPredictor).isPresent()) {
      return ask(new LoadedPredictors(new Predictors(List.of(predictor))), subject);
    }
    return new Reply(
        Forecast.of(predictor.predict(subject.evidence())),
        wantedLoss.map(loss -> Supposition.of(() -> predictor.whatIf(subject.evidence(), loss))));
  }

  private static boolean choosesAPredictor(RunDocument run) {
    return run.task().isPresent() || run.config().get(Predictors.CONFIG_KEY) instanceof String;
  }

  private Reply ask(LoadedPredictors monitor, Subject subject) {
    return new Reply(
        monitor.forecast(subject).orElseThrow(),
        wantedLoss.map(loss -> Supposition.of(() -> monitor.whatIf(subject, loss))));
  }

  private Reply nobody(Subject subject) {
    return ask(new LoadedPredictors(loaded), subject);
  }

  private Reply unmeasured(Predictor predictor, Subject subject) {
    String why =
        subject.outcome() instanceof Refused(_, _, String message)
            ? "its protocol cannot be measured here: " + message
            : "there is no complete spectrum to predict from";
    var name = new PredictorName(predictor.name(), predictor.digest());
    return new Reply(
        Forecast.unmeasured(name, subject.knownProgress(), why),
        wantedLoss.map(_ -> new Supposition.Untold(why)));
  }
}
