package io.lyascope.server;

import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.results.ResultsReader;
import java.util.ArrayList;
import java.util.List;

/** All that a results topic holds. */
record CollectedResults(List<Reading> readings, List<PredictionDocument> predictions)
    implements ResultsReader.Sink {

  CollectedResults() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  @Override
  public void reading(Reading reading) {
    readings.add(reading);
  }

  @Override
  public void prediction(PredictionDocument prediction) {
    predictions.add(prediction);
  }
}
