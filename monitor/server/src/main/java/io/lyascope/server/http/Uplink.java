package io.lyascope.server.http;

import io.lyascope.kafka.Publisher;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.util.concurrent.CompletionStage;

/** Where goes what comes in over HTTP. Calls may block; a stage ends when the brokers have it. */
interface Uplink {

  CompletionStage<Void> run(RunDocument document);

  CompletionStage<Void> scalars(ScalarsDocument document);

  CompletionStage<Void> control(ControlDocument document);

  CompletionStage<Void> probe(String run, byte[] file);

  CompletionStage<Void> snapshot(String run, int attempt, long step, byte[] file);

  static Uplink to(Publisher publisher) {
    return new Uplink() {
      @Override
      public CompletionStage<Void> run(RunDocument document) {
        return publisher.run(document);
      }

      @Override
      public CompletionStage<Void> scalars(ScalarsDocument document) {
        return publisher.scalars(document);
      }

      @Override
      public CompletionStage<Void> control(ControlDocument document) {
        return publisher.control(document);
      }

      @Override
      public CompletionStage<Void> probe(String run, byte[] file) {
        return publisher.probe(run, file);
      }

      @Override
      public CompletionStage<Void> snapshot(String run, int attempt, long step, byte[] file) {
        return publisher.snapshot(run, attempt, step, file);
      }
    };
  }
}
