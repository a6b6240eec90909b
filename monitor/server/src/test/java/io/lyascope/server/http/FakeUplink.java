package io.lyascope.server.http;

import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes note of what would go to Kafka, or is a Kafka that is away. */
final class FakeUplink implements Uplink {

  final List<String> sent = new CopyOnWriteArrayList<>();
  final List<ControlDocument> controls = new CopyOnWriteArrayList<>();
  volatile boolean away;

  private CompletionStage<Void> send(String what) {
    if (away) {
      return CompletableFuture.failedFuture(new IllegalStateException("no broker answers"));
    }
    sent.add(what);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> run(RunDocument document) {
    return send("run " + document.run());
  }

  @Override
  public CompletionStage<Void> scalars(ScalarsDocument document) {
    return send("scalars " + document.run() + " " + document.step());
  }

  @Override
  public CompletionStage<Void> control(ControlDocument document) {
    controls.add(document);
    return send(document.getClass().getSimpleName() + " " + document.run());
  }

  @Override
  public CompletionStage<Void> probe(String run, byte[] file) {
    return send("probe " + run + " " + file.length);
  }

  @Override
  public CompletionStage<Void> snapshot(String run, int attempt, long step, byte[] file) {
    return send("snapshot " + run + " " + attempt + " " + step + " " + file.length);
  }
}
