package io.lyascope.server.http;

import io.lyascope.server.config.Config;
import io.lyascope.server.http.Access.Role;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;

/** Which address leads where, and what it wants before. */
final class Routes {

  private static final String RUNS = "/api/v1/runs";
  private static final String RUN = RUNS + "/:id";
  private static final long DOCUMENT_BYTES = 1 << 20;
  private static final long COMMAND_BYTES = 64 << 10;

  private final Router router;
  private final Config config;
  private final Handler<RoutingContext> viewer;
  private final Handler<RoutingContext> publisher;
  private final Handler<RoutingContext> operator;

  Routes(Vertx vertx, Config config) {
    this.router = Router.router(vertx);
    this.config = config;
    Access access = new Access(config.auth());
    Gate gate = new Gate(access, Access.isLoopback(config.http().host()));
    this.viewer = gate.require(Role.VIEWER);
    this.publisher = gate.require(Role.PUBLISHER);
    this.operator = gate.require(Role.OPERATOR);
    router.route().handler(gate::harden).handler(gate::checkOrigin).failureHandler(Problem::answer);
    List.of(400, 404, 405, 406, 413, 414, 415, 500)
        .forEach(status -> router.errorHandler(status, Problem::answer));
  }

  Router router() {
    return router;
  }

  void files(Assets assets) {
    get("/").handler(assets::page);
    get("/assets/*").handler(assets::own);
    get("/webjars/*").handler(assets::library);
    get("/api/v1/openapi.yaml").handler(viewer).handler(assets::openApi);
  }

  void monitoring(Scrape scrape, Health health) {
    get("/metrics").handler(viewer).handler(scrape::handle);
    get("/health/live").handler(health::live);
    get("/health/ready").handler(health::ready);
  }

  void reading(RunApi api) {
    get(RUNS).handler(viewer).handler(api::runs);
    get(RUN).handler(viewer).handler(api::run);
    get(RUN + "/readings").handler(viewer).handler(api::readings);
    get(RUN + "/predictions").handler(viewer).handler(api::predictions);
    get(RUN + "/what-if").handler(viewer).handler(api::whatIf);
    get(RUN + "/scalars").handler(viewer).handler(api::scalars);
    get(RUN + "/spectrum").handler(viewer).handler(api::spectrum);
  }

  void predictors(PredictorApi api) {
    get("/api/v1/predictors").handler(viewer).handler(api::predictors);
  }

  void writing(IngestApi api, Admission admission) {
    var document = new Body(publisher, admission, DOCUMENT_BYTES);
    var file = new Body(publisher, admission, config.ingest().maxSnapshotBytes());
    put(RUN, document).handler(api::document);
    put(RUN + "/snapshots", file).handler(api::snapshot);
    put(RUN + "/probe", file).handler(api::probe);
    post(RUN + "/scalars", document).handler(api::scalars);
    post(RUN + "/acks", document).handler(api::acknowledgement);
  }

  void commanding(CommandApi api, CommandPoll poll, Admission admission) {
    var command = new Body(operator, admission, COMMAND_BYTES);
    post(RUN + "/stop", command).handler(api::stop);
    post(RUN + "/veto", command).handler(api::veto);
    router.route(HttpMethod.GET, RUN + "/commands").handler(viewer).handler(poll::commands);
  }

  void webSocket(Hub hub) {
    router
        .route(HttpMethod.GET, "/ws")
        .handler(viewer)
        .handler(ctx -> {
          if (hub.isFull()) {
            throw new Problem(503, "Too many clients are connected.");
          }
          ctx.request().toWebSocket().onSuccess(hub::connected).onFailure(ctx::fail);
        });
  }

  private Route get(String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private Route put(String path, Body body) {
    return body.on(router.route(HttpMethod.PUT, path));
  }

  private Route post(String path, Body body) {
    return body.on(router.route(HttpMethod.POST, path));
  }

  /** A body, and what comes before it: first the token, then room. */
  private record Body(Handler<RoutingContext> role, Admission admission, long limit) {

    Route on(Route route) {
      BodyHandler body = BodyHandler.create(false).setBodyLimit(limit);
      // As a plain handler: the router would want a body handler first, even before the token.
      return route.handler(role).handler(admission::admit).handler(ctx -> body.handle(ctx));
    }
  }
}
