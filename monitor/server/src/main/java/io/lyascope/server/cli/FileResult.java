package io.lyascope.server.cli;

import io.lyascope.dynamics.LocalRates.SensitiveStep;
import io.lyascope.dynamics.WeightUpdate;
import io.lyascope.server.reading.RankJson;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one file. Holds nothing of the weights, since there may be many files.
 *
 * @param file as the user wrote it
 * @param identity empty if the file could not be read
 * @param extras what else was found
 */
record FileResult(String file, Optional<Identity> identity, Outcome outcome, Extras extras) {

  /**
   * What is there only sometimes.
   *
   * @param update since the snapshot that was named before it, if that is of the same run
   * @param sensitiveSteps if they were asked for
   * @param forecasts of the predictors that were asked
   */
  record Extras(
      Optional<WeightUpdate> update,
      Optional<List<SensitiveStep>> sensitiveSteps,
      PredictRequest.Replies forecasts) {

    static final Extras NONE =
        new Extras(Optional.empty(), Optional.empty(), PredictRequest.Replies.NONE);

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      update.ifPresent(found -> fields.put("update", RankJson.fields(found)));
      sensitiveSteps.ifPresent(
          steps -> fields.put("sensitive_steps", steps.stream().map(Extras::fields).toList()));
      forecasts.toJson().ifPresent(said -> fields.put("prediction", said));
      return fields;
    }

    private static Map<String, Object> fields(SensitiveStep step) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("sequence", step.sequence());
      fields.put("input", step.input());
      fields.put("rate", step.rate());
      return fields;
    }
  }

  /** What the file says it is. */
  record Identity(String run, int attempt, long step, String cell) {

    static Identity of(Snapshot snapshot) {
      return new Identity(
          snapshot.run(), snapshot.attempt(), snapshot.step(), snapshot.architecture().cell());
    }
  }
}
