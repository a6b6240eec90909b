package io.lyascope.server.cli;

import io.lyascope.aelle.Predictor;
import io.lyascope.aelle.Predictors;
import io.lyascope.server.prediction.Forecast;
import io.lyascope.server.prediction.ModelFiles;
import io.lyascope.server.prediction.Subject;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RunDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which predictors are asked about every snapshot.
 *
 * @param predictors at least one
 * @param run what the run says of itself, if that was given
 */
record PredictRequest(List<Predictor> predictors, Optional<RunDocument> run) {

  /**
   * Loads them.
   *
   * @param models files; none means those that come with this version
   * @param run the file {@code run.json} of a recording
   * @throws io.lyascope.snapshot.RefusedException where a file is no predictor
   */
  static PredictRequest of(List<String> models, Optional<String> run) {
    Optional<RunDocument> document = run.map(PredictRequest::document);
    if (!models.isEmpty()) {
      return new PredictRequest(ModelFiles.load(models).all(), document);
    }
    Predictors bundled = ModelFiles.bundled();
    if (bundled.all().isEmpty()) {
      throw new UsageException("--predict: no predictor comes with this version; name a MODEL");
    }
    if (document.isEmpty()) {
      return new PredictRequest(bundled.all(), document);
    }
    Optional<String> task = document.flatMap(RunDocument::task);
    Map<String, Object> config = document.map(RunDocument::config).orElse(Map.of());
    return new PredictRequest(
        List.of(bundled.pick(task, config).orElseThrow(() -> nobody(bundled, task))), document);
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

  /** What one predictor says of what was measured; nothing of what is not complete. */
  Optional<Forecast> ask(Predictor predictor, Subject subject) {
    return subject.isComplete()
        ? Optional.of(Forecast.of(predictor.predict(subject.evidence())))
        : Optional.empty();
  }
}
