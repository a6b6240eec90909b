package io.lyascope.server.prediction;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.TopicAdmin;
import io.lyascope.server.config.Config;
import io.lyascope.server.results.ResultsWriter;

/** Predictions that a monitor finds on its results topic when it comes up. */
public final class EarlierPredictions {

  private EarlierPredictions() {}

  /** Stores them at steps 0, 1, ... of a run. */
  public static void store(Config config, String run, Forecast... forecasts) {
    Cluster cluster = config.kafka().cluster();
    TopicAdmin.ensure(cluster, config.kafka().partitions());
    try (var writer = new ResultsWriter(cluster)) {
      for (int step = 0; step < forecasts.length; step++) {
        writer
            .append(Forecasts.document(run, 0, step, forecasts[step]))
            .toCompletableFuture()
            .join();
      }
    }
  }
}
