package io.lyascope.server.http;

import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on to Kafka what came over HTTP, and answers with 202 once the brokers have it. */
final class Relay {

  private static final Logger log = LoggerFactory.getLogger(Relay.class);
  private static final int SENDERS = 4;

  private final WorkerExecutor workers;

  Relay(Vertx vertx) {
    // Sending blocks for a minute where no broker answers; nobody else may have to wait for that.
    this.workers = vertx.createSharedWorkerExecutor("lyascope-http-ingest", SENDERS);
  }

  /**
   * What was accepted.
   *
   * @param fields the answer
   * @param sent its way to the brokers
   */
  record Accepted(Map<String, Object> fields, CompletionStage<Void> sent) {}

  /**
   * Reads and sends on a worker.
   *
   * @param read fails if the body is not what is wanted
   */
  void pass(RoutingContext ctx, Callable<Accepted> read) {
    workers
        .executeBlocking(read, false)
        .compose(accepted -> Future.fromCompletionStage(accepted.sent()).map(accepted.fields()))
        .onSuccess(fields ->
            ctx.response()
                .setStatusCode(202)
                .putHeader("Content-Type", "application/json")
                .end(Json.write(fields)))
        .onFailure(failure -> ctx.fail(problem(failure)));
  }

  private static Problem problem(Throwable failure) {
    return switch (failure) {
      case Problem problem -> problem;
      case RefusedException refused -> new Problem(422, refused.getMessage());
      case JsonException broken -> new Problem(400, broken.getMessage());
      case IllegalArgumentException wrong -> new Problem(400, wrong.getMessage());
      default -> {
        log.warn("Kafka did not take what came over HTTP: {}", failure.getMessage());
        yield new Problem(503, "Kafka did not take it: " + failure.getMessage());
      }
    };
  }
}
