package io.lyascope.server.http;

import io.lyascope.aelle.Predictor;
import io.lyascope.aelle.Predictor.Landmark;
import io.lyascope.aelle.Predictors;
import io.lyascope.snapshot.Json;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The predictors that are loaded: their cards, and the training runs on their maps. */
final class PredictorApi {

  private final Vertx vertx;
  private final Predictors predictors;

  PredictorApi(Vertx vertx, Predictors predictors) {
    this.vertx = vertx;
    this.predictors = predictors;
  }

  void predictors(RoutingContext ctx) {
    vertx
        .executeBlocking(() -> Json.write(Map.of("predictors", all())), false)
        .onSuccess(json -> ctx.response().putHeader("Content-Type", "application/json").end(json))
        .onFailure(ctx::fail);
  }

  private List<Map<String, Object>> all() {
    return predictors.all().stream().map(PredictorApi::fields).toList();
  }

  private static Map<String, Object> fields(Predictor predictor) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", predictor.name());
    fields.put("digest", predictor.digest());
    fields.put("task", predictor.task());
    fields.put("protocol", predictor.protocol().toFields());
    fields.put("architectures", predictor.architectures());
    fields.put("card", predictor.card());
    fields.put("landmarks", predictor.landmarks().stream().map(PredictorApi::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Landmark landmark) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cell", landmark.cell());
    fields.put("progress", landmark.progress());
    fields.put("map", List.of(landmark.x(), landmark.y()));
    fields.put("outcome", landmark.outcome());
    fields.put("good", landmark.good());
    return fields;
  }
}
