package io.lyascope.server.http;

import io.lyascope.aelle.WhatIf;
import io.lyascope.server.control.CommandBook;
import io.lyascope.server.control.CommandStatus;
import io.lyascope.server.prediction.LoadedPredictors;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.prediction.Subject;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.runs.Run;
import io.lyascope.server.runs.RunBook;
import io.lyascope.server.runs.RunEvent;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.RunDocument;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is known of the runs, as JSON. The run book is read on its event loop; immutable values are
 * written out on a worker, since a thousand exponents times hundreds of readings take a while.
 */
final class RunApi {

  private final Vertx vertx;
  private final RunBook book;
  private final CommandBook commands;
  private final LoadedPredictors predictors;

  RunApi(Vertx vertx, RunBook book, CommandBook commands, LoadedPredictors predictors) {
    this.vertx = vertx;
    this.book = book;
    this.commands = commands;
    this.predictors = predictors;
  }

  void runs(RoutingContext ctx) {
    List<Map<String, Object>> runs = book.runs().stream().map(Run::summary).toList();
    respond(ctx, () -> Map.of("runs", runs));
  }

  void run(RoutingContext ctx) {
    Run run = find(ctx);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", run.summary());
    fields.put("document", run.document().map(RunDocument::toFields));
    var latest = run.latest();
    var live = run.live();
    var prediction = run.prediction();
    var events = run.events();
    var issued = commands.of(run.id());
    respond(
        ctx,
        () -> {
          fields.put("latest", latest.map(Reading::toFields));
          fields.put("live", live.map(Reading::toFields));
          fields.put("prediction", prediction.map(PredictionDocument::toFields));
          fields.put("events", events.stream().map(RunEvent::toFields).toList());
          fields.put("commands", issued.stream().map(CommandStatus::toFields).toList());
          return fields;
        });
  }

  void readings(RoutingContext ctx) {
    Run run = find(ctx);
    Query query = Query.of(ctx);
    List<Reading> readings = run.readings(query.from(), query.to(), query.points());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", run.id());
    fields.put("total", run.readings());
    respond(
        ctx,
        () -> {
          fields.put("readings", readings.stream().map(Reading::toFields).toList());
          return fields;
        });
  }

  void predictions(RoutingContext ctx) {
    Run run = find(ctx);
    Query query = Query.of(ctx);
    var predictions = run.predictions(query.from(), query.to(), query.points());
    respond(
        ctx,
        () -> {
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("run", run.id());
          fields.put(
              "predictions", predictions.stream().map(PredictionDocument::toFields).toList());
          return fields;
        });
  }

  void scalars(RoutingContext ctx) {
    Run run = find(ctx);
    Query query = Query.of(ctx);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", run.id());
    fields.put("series", run.scalars(query.from(), query.to(), query.points()));
    respond(ctx, () -> fields);
  }

  void spectrum(RoutingContext ctx) {
    Run run = find(ctx);
    long step = Query.number(ctx, "step").orElse(Long.MAX_VALUE);
    Reading reading =
        run.reading(step)
            .orElseThrow(() -> new Problem(404, "This run has no reading up to that step."));
    respond(ctx, reading::toFields);
  }

  /** The spectrum that another final loss would need, from the newest reference reading. */
  void whatIf(RoutingContext ctx) {
    Run run = find(ctx);
    double loss = Query.decimal(ctx, "loss");
    Reading reading =
        run.latest().orElseThrow(() -> new Problem(404, "This run has no reading yet."));
    Subject subject = Subject.of(reading, run.document());
    respond(
        ctx,
        () -> {
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("run", reading.run());
          fields.put("step", reading.step());
          fields.putAll(whatIf(subject, loss).toFields());
          return fields;
        });
  }

  private WhatIf whatIf(Subject subject, double loss) {
    try {
      return predictors.whatIf(subject, loss);
    } catch (RefusedException e) {
      throw new Problem(422, "Nobody can say: " + e.getMessage() + ".");
    }
  }

  private Run find(RoutingContext ctx) {
    return book.find(ctx.pathParam("id"))
        .orElseThrow(() -> new Problem(404, "No run of this id is known."));
  }

  private void respond(RoutingContext ctx, Supplier<Map<String, Object>> fields) {
    vertx
        .executeBlocking(() -> Json.write(fields.get()), false)
        .onSuccess(json ->
            ctx.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(json))
        .onFailure(ctx::fail);
  }
}
