package io.lyascope.server.prediction;

import io.lyascope.aelle.Goal;
import io.lyascope.aelle.Prediction.Outlook;
import io.lyascope.aelle.Prediction.Position;
import io.lyascope.aelle.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Forecasts with plain numbers. */
public final class Forecasts {

  public static final PredictorName NAME = new PredictorName("rows", "ab12");

  private static final String REASON = "for a reason";

  private Forecasts() {}

  /** A run that will fail. */
  public static Forecast doomed(double probability) {
    return of(new Verdict.Doomed(REASON), probability, "val_loss", Goal.MINIMIZE);
  }

  /** A run that will end well. */
  public static Forecast promising(double probability) {
    return of(new Verdict.Promising(REASON), probability, "val_loss", Goal.MINIMIZE);
  }

  /** A run whose accuracy will stay below the threshold of 0.5. */
  public static Forecast ofAccuracy(double probability) {
    return of(new Verdict.Doomed(REASON), probability, "accuracy", Goal.MAXIMIZE);
  }

  /** With numbers, of a predictor whose threshold is 0.5. */
  private static Forecast of(Verdict verdict, double probability, String metric, Goal goal) {
    return new Forecast(
        Optional.of(NAME),
        OptionalDouble.of(0.1),
        Optional.of(new Position(List.of(0.25, -1.0 / 3), List.of(1.5, -2.0), 0.75, 0.01)),
        Optional.of(
            new Outlook(
                0.4,
                0.3,
                0.6,
                probability,
                0.5,
                0.55,
                metric,
                goal,
                Map.of("loss", 0.625),
                Map.of("spectrum", -0.125))),
        verdict);
  }

  /** A run that the predictor does not know. */
  public static Forecast outOfDistribution() {
    return new Forecast(
        Optional.of(NAME),
        OptionalDouble.empty(),
        Optional.of(new Position(List.of(9.0), List.of(7.0, 8.0), 3, Double.POSITIVE_INFINITY)),
        Optional.empty(),
        new Verdict.OutOfDistribution("it is far away"));
  }

  public static PredictionDocument document(String run, int attempt, long step, Forecast forecast) {
    return new PredictionDocument(
        run, attempt, step, Instant.parse("2026-01-31T12:00:00Z"), forecast);
  }
}
