package io.lyascope.server.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers which alerts it was told of, one entry for each time. */
final class Webhook implements AutoCloseable {

  private final HttpServer server;
  private final List<Told> told = new CopyOnWriteArrayList<>();

  /** One alert of one notification. */
  record Told(String alert, String run) {}

  private Webhook(HttpServer server) {
    this.server = server;
  }

  static Webhook start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Webhook webhook = new Webhook(HttpServer.create(address, 0));
    webhook.server.createContext("/", webhook::accept);
    webhook.server.start();
    return webhook;
  }

  private void accept(HttpExchange exchange) throws IOException {
    try (exchange) {
      for (JsonObject alert :
          JsonObject.parse(exchange.getRequestBody().readAllBytes()).objects("alerts")) {
        JsonObject labels = alert.object("labels").orElseThrow();
        told.add(new Told(labels.requiredString("alertname"), labels.string("run").orElse("")));
      }
      exchange.sendResponseHeaders(200, -1);
    } catch (JsonException e) {
      throw new IOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** The runs that this alert was told of, again each time. */
  List<String> runs(String alert) {
    return told.stream().filter(one -> one.alert().equals(alert)).map(Told::run).sorted().toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
