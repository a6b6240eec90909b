package io.lyascope.server.http;

import io.lyascope.snapshot.Digests;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import io.lyascope.snapshot.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in over HTTP what others send to Kafka, and sends it there: from then on it is like
 * everybody else's. Answered with 202 once the brokers have it.
 */
final class IngestApi {

  private static final Logger log = LoggerFactory.getLogger(IngestApi.class);
  private static final int SENDERS = 4;

  private final WorkerExecutor workers;
  private final Uplink uplink;
  private final Limits limits;

  IngestApi(Vertx vertx, Uplink uplink, Limits limits) {
    // Sending blocks for a minute where no broker answers; nobody else may have to wait for that.
    this.workers = vertx.createSharedWorkerExecutor("lyascope-http-ingest", SENDERS);
    this.uplink = uplink;
    this.limits = limits;
  }

  /** What was accepted, and its way to the brokers. */
  private record Accepted(Map<String, Object> fields, CompletionStage<Void> sent) {}

  void snapshot(RoutingContext ctx) {
    byte[] file = body(ctx);
    String run = ctx.pathParam("id");
    accept(
        ctx,
        () -> {
          Snapshot snapshot = Snapshot.read(file, limits);
          requireSame(run, snapshot.run());
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("run", run);
          fields.put("attempt", snapshot.attempt());
          fields.put("step", snapshot.step());
          fields.put("digest", Digests.sha256(file));
          return new Accepted(
              fields, uplink.snapshot(run, snapshot.attempt(), snapshot.step(), file));
        });
  }

  void probe(RoutingContext ctx) {
    byte[] file = body(ctx);
    String run = ctx.pathParam("id");
    accept(
        ctx,
        () -> {
          Probe.read(file, limits);
          return new Accepted(
              Map.of("run", run, "digest", Digests.sha256(file)), uplink.probe(run, file));
        });
  }

  void scalars(RoutingContext ctx) {
    String json = ctx.body().asString();
    String run = ctx.pathParam("id");
    accept(
        ctx,
        () -> {
          ScalarsDocument document = ScalarsDocument.parse(json);
          requireSame(run, document.run());
          return new Accepted(
              Map.of("run", run, "step", document.step()), uplink.scalars(document));
        });
  }

  void document(RoutingContext ctx) {
    String json = ctx.body().asString();
    String run = ctx.pathParam("id");
    accept(
        ctx,
        () -> {
          RunDocument document = RunDocument.parse(json);
          requireSame(run, document.run());
          return new Accepted(Map.of("run", run), uplink.run(document));
        });
  }

  private static byte[] body(RoutingContext ctx) {
    if (ctx.body().length() <= 0) {
      throw new Problem(400, "The body is empty, wanted a safetensors file.");
    }
    return ctx.body().buffer().getBytes();
  }

  private static void requireSame(String address, String body) {
    if (!address.equals(body)) {
      throw new Problem(409, "The body belongs to another run than the address names.");
    }
  }

  private void accept(RoutingContext ctx, Callable<Accepted> read) {
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
