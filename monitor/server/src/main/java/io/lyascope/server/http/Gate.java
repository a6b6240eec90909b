package io.lyascope.server.http;

import io.lyascope.server.http.Access.Role;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** What every request has to pass, and what every answer carries. */
final class Gate {

  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Access access;
  private final boolean localOnly;

  /**
   * @param localOnly whether only this machine can reach the server, so that only its own names
   *     make sense
   */
  Gate(Access access, boolean localOnly) {
    this.access = access;
    this.localOnly = localOnly;
  }

  /** Headers that keep browsers from being helpful. */
  void harden(RoutingContext ctx) {
    HttpServerResponse response = ctx.response();
    response.putHeader(
        "Content-Security-Policy",
        "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self';"
            + " img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("X-Frame-Options", "DENY");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    ctx.next();
  }

  /** Refuses what somebody else's web page makes a browser send. */
  void checkOrigin(RoutingContext ctx) {
    if (localOnly && access.isOpen() && !Origins.isLocalHost(ctx.request())) {
      throw new Problem(403, "This server is only for this machine: call it localhost.");
    }
    boolean upgrade = ctx.request().headers().contains("Upgrade");
    boolean harmless = READING.contains(ctx.request().method()) && !upgrade;
    if (!harmless && !Origins.isAllowed(ctx.request())) {
      throw new Problem(403, "Pages from elsewhere may not do this.");
    }
    ctx.next();
  }

  /** Lets in who may do what this role does. */
  Handler<RoutingContext> require(Role role) {
    return ctx -> {
      switch (access.ask(ctx.request(), role)) {
        case GRANTED -> ctx.next();
        case UNAUTHORIZED ->
            throw new Problem(401, "This wants a token, as Authorization: Bearer TOKEN.");
        case FORBIDDEN -> throw new Problem(403, "This wants the operator's token.");
        case NOT_CONFIGURED ->
            throw new Problem(
                403,
                "Commands want an operator's token, and this monitor has none: start it with"
                    + " LYASCOPE_AUTH_OPERATOR_TOKEN, or auth.operator.token in its configuration"
                    + " file.");
      }
    };
  }
}
