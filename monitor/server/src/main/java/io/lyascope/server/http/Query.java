package io.lyascope.server.http;

import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;

/**
 * Which part of a history is asked for.
 *
 * @param points at most so many points, from 2 on
 */
record Query(long from, long to, int points) {

  private static final int DEFAULT_POINTS = 300;
  private static final int MOST_POINTS = 2000;

  static Query of(RoutingContext ctx) {
    long points = number(ctx, "points").orElse(DEFAULT_POINTS);
    if (points < 2 || points > MOST_POINTS) {
      throw new Problem(400, "points is %d, wanted 2 to %d.".formatted(points, MOST_POINTS));
    }
    return new Query(
        number(ctx, "from").orElse(Long.MIN_VALUE),
        number(ctx, "to").orElse(Long.MAX_VALUE),
        (int) points);
  }

  static double decimal(RoutingContext ctx, String name) {
    String text = ctx.request().getParam(name);
    try {
      double number = Double.parseDouble(text == null ? "" : text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // the same answer as for NaN and infinity
    }
    throw new Problem(400, "%s is %s, wanted a number.".formatted(name, text));
  }

  static OptionalLong number(RoutingContext ctx, String name) {
    String text = ctx.request().getParam(name);
    if (text == null || text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new Problem(400, name + " is no integer.");
    }
  }
}
