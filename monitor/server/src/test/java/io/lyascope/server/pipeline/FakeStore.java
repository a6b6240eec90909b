package io.lyascope.server.pipeline;

import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Remembers what is to be stored; it is safe when the test says so. */
final class FakeStore implements Registrar.Store {

  final List<Reading> readings = new ArrayList<>();
  final List<PredictionDocument> predictions = new ArrayList<>();
  final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
  final CompletableFuture<Void> acknowledgedPrediction = new CompletableFuture<>();

  @Override
  public CompletableFuture<Void> append(Reading reading) {
    readings.add(reading);
    return acknowledged;
  }

  @Override
  public CompletableFuture<Void> append(PredictionDocument prediction) {
    predictions.add(prediction);
    return acknowledgedPrediction;
  }
}
