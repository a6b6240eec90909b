package io.lyascope.server.http;

import io.lyascope.server.config.Durations;
import io.lyascope.server.control.CommandBook;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.RunCommand;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets training processes without a Kafka client wait for their commands. Who asks is answered at
 * once where there is one, or as soon as one comes, or with none when it has waited long enough. A
 * run need not be known: its process may ask before its document is here. Belongs to the event
 * loop.
 */
final class CommandPoll {

  /** Below the server's idle timeout, which would cut the connection. */
  private static final Duration LONGEST = Duration.ofSeconds(50);

  private final Vertx vertx;
  private final CommandBook book;
  private final int capacity;
  private final Map<String, Set<Waiting>> waiting = new HashMap<>();
  private int waiters;

  CommandPoll(Vertx vertx, CommandBook book) {
    this(vertx, book, 2000);
  }

  /**
   * @param capacity how many may wait at a time
   */
  CommandPoll(Vertx vertx, CommandBook book, int capacity) {
    this.vertx = vertx;
    this.book = book;
    this.capacity = capacity;
    book.watch(this::changed);
  }

  void commands(RoutingContext ctx) {
    String run = ctx.pathParam("id");
    Duration wait = wait(ctx);
    List<RunCommand> pending = book.pending(run);
    if (!pending.isEmpty() || wait.isZero()) {
      answer(ctx, pending);
      return;
    }
    if (waiters >= capacity) {
      throw new Problem(503, "Too many clients wait for commands.");
    }
    Waiting waiter = new Waiting(run, ctx);
    waiting.computeIfAbsent(run, _ -> new LinkedHashSet<>()).add(waiter);
    waiters++;
    long timer = vertx.setTimer(wait.toMillis(), _ -> answer(ctx, List.of()));
    // However it ends: with a command, without one, or because the client has gone.
    ctx.addEndHandler(_ -> {
      vertx.cancelTimer(timer);
      leave(waiter);
    });
  }

  private static Duration wait(RoutingContext ctx) {
    String text = ctx.request().getParam("wait");
    try {
      Duration wait = text == null ? Duration.ZERO : Durations.parse(text);
      return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "wait is no duration such as 30s.");
    }
  }

  private void changed(String run) {
    List<RunCommand> pending = book.pending(run);
    if (!pending.isEmpty()) {
      List.copyOf(waiting.getOrDefault(run, Set.of()))
          .forEach(waiter -> answer(waiter.ctx(), pending));
    }
  }

  private void leave(Waiting waiter) {
    Set<Waiting> others = waiting.get(waiter.run());
    others.remove(waiter);
    waiters--;
    if (others.isEmpty()) {
      waiting.remove(waiter.run());
    }
  }

  private static void answer(RoutingContext ctx, List<RunCommand> commands) {
    if (ctx.response().ended() || ctx.response().closed()) {
      return;
    }
    ctx.response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Json.write(Map.of("commands", commands.stream().map(RunCommand::toFields).toList())));
  }

  /** One request that waits; the same client may ask twice. */
  private record Waiting(String run, RoutingContext ctx) {}
}
