package io.lyascope.server.http;

import io.lyascope.server.control.CommandState;
import io.lyascope.server.http.Relay.Accepted;
import io.lyascope.server.runs.Run;
import io.lyascope.server.runs.RunBook;
import io.lyascope.snapshot.RunCommand;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Map;

/** Takes the operator's commands, and writes them to the control topic for whoever is meant. */
final class CommandApi {

  private final RunBook book;
  private final Relay relay;
  private final Uplink uplink;
  private final InstantSource clock;

  CommandApi(RunBook book, Relay relay, Uplink uplink, InstantSource clock) {
    this.book = book;
    this.relay = relay;
    this.uplink = uplink;
    this.clock = clock;
  }

  void stop(RoutingContext ctx) {
    command(ctx, RunCommand.Kind.STOP);
  }

  void veto(RoutingContext ctx) {
    command(ctx, RunCommand.Kind.VETO);
  }

  private void command(RoutingContext ctx, RunCommand.Kind kind) {
    Run run =
        book.find(ctx.pathParam("id"))
            .orElseThrow(() -> new Problem(404, "No run of this id is known."));
    if (run.state().isOver()) {
      throw new Problem(409, "The run is over: it is " + run.state().label() + ".");
    }
    String id = run.id();
    String body = ctx.body().asString();
    relay.pass(
        ctx,
        () -> {
          RunCommand command = CommandRequest.parse(body).command(kind, id, clock.instant());
          Map<String, Object> fields = command.toFields();
          fields.put("state", CommandState.ISSUED.label());
          return new Accepted(fields, uplink.control(command));
        });
  }
}
