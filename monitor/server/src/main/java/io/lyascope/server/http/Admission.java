package io.lyascope.server.http;

import io.vertx.ext.web.RoutingContext;

/** Bounds the bytes of all bodies that are in memory at a time. Belongs to the event loop. */
final class Admission {

  private final long limit;
  private long admitted;

  Admission(long limit) {
    this.limit = limit;
  }

  /** Passes a request on when there is room for its body, which alone may always be in memory. */
  void admit(RoutingContext ctx) {
    long length = length(ctx);
    if (admitted > 0 && admitted + length > limit) {
      throw new Problem(503, "Too much is being received at this moment.");
    }
    admitted += length;
    ctx.addEndHandler(_ -> admitted -= length);
    ctx.next();
  }

  private static long length(RoutingContext ctx) {
    String header = ctx.request().getHeader("Content-Length");
    if (header == null) {
      throw new Problem(411, "The request does not say how long its body is.");
    }
    try {
      return Long.parseLong(header);
    } catch (NumberFormatException e) {
      throw new Problem(400, "Content-Length is no number.");
    }
  }
}
