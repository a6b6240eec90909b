package io.lyascope.server.prediction;

import io.lyascope.server.reading.Reading;
import io.lyascope.snapshot.RunDocument;
import java.util.Optional;

/** Foretells how runs will end. Called on several threads at a time. */
public interface Forecaster {

  /** Where no predictor is loaded: nothing is foretold. */
  Forecaster NONE = (_, _) -> Optional.empty();

  /**
   * What a reading foretells.
   *
   * @param run what the run says of itself, if that is known
   * @return empty where there is nothing to tell from: no predictor is loaded, or the reading is
   *     not a complete reference
   */
  Optional<Forecast> forecast(Reading reading, Optional<RunDocument> run);
}
