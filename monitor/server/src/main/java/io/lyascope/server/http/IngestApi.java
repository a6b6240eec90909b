package io.lyascope.server.http;

import io.lyascope.server.http.Relay.Accepted;
import io.lyascope.snapshot.CommandAck;
import io.lyascope.snapshot.ControlDocument;
import io.lyascope.snapshot.Digests;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import io.lyascope.snapshot.Snapshot;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes in over HTTP what others send to Kafka, and sends it there: from then on it is like
 * everybody else's. Answered with 202 once the brokers have it.
 */
final class IngestApi {

  private final Relay relay;
  private final Uplink uplink;
  private final Limits limits;

  IngestApi(Relay relay, Uplink uplink, Limits limits) {
    this.relay = relay;
    this.uplink = uplink;
    this.limits = limits;
  }

  void snapshot(RoutingContext ctx) {
    byte[] file = body(ctx);
    String run = ctx.pathParam("id");
    relay.pass(
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
    relay.pass(
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
    relay.pass(
        ctx,
        () -> {
          ScalarsDocument document = ScalarsDocument.parse(text(json));
          requireSame(run, document.run());
          return new Accepted(
              Map.of("run", run, "step", document.step()), uplink.scalars(document));
        });
  }

  void document(RoutingContext ctx) {
    String json = ctx.body().asString();
    String run = ctx.pathParam("id");
    relay.pass(
        ctx,
        () -> {
          RunDocument document = RunDocument.parse(text(json));
          requireSame(run, document.run());
          return new Accepted(Map.of("run", run), uplink.run(document));
        });
  }

  void acknowledgement(RoutingContext ctx) {
    String json = ctx.body().asString();
    String run = ctx.pathParam("id");
    relay.pass(
        ctx,
        () -> {
          if (!(ControlDocument.parse(text(json)) instanceof CommandAck ack)) {
            throw new Problem(400, "The body is a command, wanted an acknowledgement.");
          }
          requireSame(run, ack.run());
          return new Accepted(
              Map.of("run", run, "id", ack.id(), "state", ack.state().label()),
              uplink.control(ack));
        });
  }

  private static byte[] body(RoutingContext ctx) {
    if (ctx.body().length() <= 0) {
      throw new Problem(400, "The body is empty, wanted a safetensors file.");
    }
    return ctx.body().buffer().getBytes();
  }

  private static String text(String body) {
    if (body == null) {
      throw new Problem(400, "The body is empty, wanted a JSON document.");
    }
    return body;
  }

  private static void requireSame(String address, String body) {
    if (!address.equals(body)) {
      throw new Problem(409, "The body belongs to another run than the address names.");
    }
  }
}
