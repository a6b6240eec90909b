package io.lyascope.server.http;

import io.lyascope.snapshot.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An error as problem details (RFC 9457). Thrown, it becomes the answer to the request. */
final class Problem extends RuntimeException {

  private static final Logger log = LoggerFactory.getLogger(Problem.class);

  private final int status;

  /**
   * @param detail a sentence for whoever sent the request
   */
  Problem(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  /** Answers whatever went wrong in a route. */
  static void answer(RoutingContext ctx) {
    if (ctx.response().headWritten()) {
      ctx.response().reset();
      return;
    }
    switch (ctx.failure()) {
      case Problem problem -> problem.send(ctx);
      case null -> new Problem(status(ctx), detail(status(ctx))).send(ctx);
      case Throwable failure when status(ctx) >= 500 -> {
        log.error("{} {} failed", ctx.request().method(), ctx.request().path(), failure);
        new Problem(500, "The monitor failed on this request; its log says why.").send(ctx);
      }
      case Throwable _ -> new Problem(status(ctx), detail(status(ctx))).send(ctx);
    }
  }

  private static int status(RoutingContext ctx) {
    return ctx.statusCode() < 400 ? 500 : ctx.statusCode();
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 411 -> "Length Required";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 422 -> "Unprocessable Content";
      case 503 -> "Service Unavailable";
      default -> status < 500 ? "Request Refused" : "Internal Server Error";
    };
  }

  private static String detail(int status) {
    return switch (status) {
      case 400 -> "The request cannot be understood.";
      case 404 -> "There is nothing at this address.";
      case 405 -> "This address does not take this method.";
      case 413 -> "The body is larger than ingest.max.snapshot.bytes allows.";
      default -> "The request was refused.";
    };
  }

  void send(RoutingContext ctx) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "about:blank");
    fields.put("title", title(status));
    fields.put("status", status);
    fields.put("detail", getMessage());
    if (status == 401) {
      ctx.response().putHeader("WWW-Authenticate", "Bearer realm=\"lyascope\"");
    }
    if (status == 503) {
      ctx.response().putHeader("Retry-After", "5");
    }
    ctx.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .end(Json.write(fields));
  }
}
