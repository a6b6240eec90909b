package io.lyascope.server.runs;

import io.lyascope.server.fact.Fact;
import io.lyascope.server.prediction.Forecast;
import io.lyascope.server.prediction.Forecasts;
import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Facts as the pipeline would publish them. */
public final class Facts {

  private static final Architecture LSTM =
      new Architecture("lstm", 8, 16, 1, true, "", "tanh", Map.of());

  private Facts() {}

  public static Fact declared(String run, String state) {
    return declared(run, 0, state);
  }

  static Fact declared(String run, int attempt, String state) {
    return new Fact.RunDeclared(
        new RunDocument(
            run,
            Optional.of("mnist"),
            Optional.of("the name"),
            attempt,
            Optional.of(state),
            Map.of(),
            Optional.of(LSTM),
            Optional.of("rows"),
            OptionalLong.of(1000),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of()));
  }

  public static Fact heartbeat(String run, long step, double loss) {
    return heartbeat(run, 0, step, loss);
  }

  static Fact heartbeat(String run, int attempt, long step, double loss) {
    return heartbeat(run, attempt, step, Map.of("train_loss", loss));
  }

  public static Fact heartbeat(String run, long step, Map<String, Double> values) {
    return heartbeat(run, 0, step, values);
  }

  private static Fact heartbeat(String run, int attempt, long step, Map<String, Double> values) {
    return new Fact.ScalarsReported(
        new ScalarsDocument(
            run, attempt, step, Optional.empty(), values, ScalarsDocument.Phase.TRAIN));
  }

  static Fact heartbeatAt(String run, long step, Instant time) {
    return new Fact.ScalarsReported(
        new ScalarsDocument(
            run, 0, step, Optional.of(time), Map.of(), ScalarsDocument.Phase.TRAIN));
  }

  public static Fact snapshot(String run, long step, Instant at) {
    return new Fact.SnapshotArrived(run, 0, step, OptionalDouble.of(0.1), at, 1000, LSTM);
  }

  public static Fact made(Reading reading) {
    return new Fact.ReadingMade(reading, Fact.Origin.NEW, Optional.empty());
  }

  /** A prediction was made just now. */
  public static Fact foretold(String run, int attempt, long step, Forecast forecast) {
    return new Fact.PredictionMade(
        Forecasts.document(run, attempt, step, forecast), Fact.Origin.NEW);
  }

  /** The run has ended, well or not. */
  public static Fact ended(String run, String state, double loss) {
    return ended(run, state, Map.of("val_loss", loss));
  }

  /** The same with other outcomes. */
  public static Fact ended(String run, String state, Map<String, Object> outcome) {
    return new Fact.RunDeclared(
        new RunDocument(
            run,
            Optional.of("mnist"),
            Optional.empty(),
            0,
            Optional.of(state),
            Map.of(),
            Optional.of(LSTM),
            Optional.of("rows"),
            OptionalLong.of(1000),
            Optional.empty(),
            Optional.empty(),
            outcome,
            Map.of()));
  }

  static Fact restored(Reading reading) {
    return new Fact.ReadingMade(reading, Fact.Origin.RESTORED, Optional.empty());
  }
}
