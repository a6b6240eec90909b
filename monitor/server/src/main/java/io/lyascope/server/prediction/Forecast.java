package io.lyascope.server.prediction;

import io.lyascope.aelle.Prediction;
import io.lyascope.aelle.Prediction.Outlook;
import io.lyascope.aelle.Prediction.Position;
import io.lyascope.aelle.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is foretold from one reading: a predictor's answer, or why none could be asked.
 *
 * @param predictor who was asked; empty if nobody could be
 * @param progress 0..1 of the planned training at which the reading was made
 * @param position empty if the spectrum was not looked at
 * @param outlook empty unless the verdict rests on numbers
 */
public record Forecast(
    Optional<PredictorName> predictor,
    OptionalDouble progress,
    Optional<Position> position,
    Optional<Outlook> outlook,
    Verdict verdict) {

  /** A predictor's answer. */
  public static Forecast of(Prediction prediction) {
    return new Forecast(
        Optional.of(new PredictorName(prediction.predictor(), prediction.digest())),
        prediction.progress(),
        prediction.position(),
        prediction.outlook(),
        prediction.verdict());
  }

  /** Nobody could be asked. */
  public static Forecast none(OptionalDouble progress, String reason) {
    return new Forecast(
        Optional.empty(),
        progress,
        Optional.empty(),
        Optional.empty(),
        new Verdict.NotPredictable(reason));
  }

  /** A predictor could not be asked, since there is no measurement by its protocol. */
  public static Forecast unmeasured(PredictorName name, OptionalDouble progress, String reason) {
    return new Forecast(
        Optional.of(name),
        progress,
        Optional.empty(),
        Optional.empty(),
        new Verdict.NotPredictable(reason));
  }

  /** The fields of the wire format, in its order; what is absent is left out. */
  public Map<String, Object> toFields() {
    return ForecastJson.fields(this);
  }
}
