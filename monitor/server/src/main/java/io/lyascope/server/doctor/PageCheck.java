package io.lyascope.server.doctor;

import io.lyascope.server.config.Config;
import io.lyascope.server.doctor.Finding.Broken;
import io.lyascope.server.doctor.Finding.Doubtful;
import io.lyascope.server.doctor.Finding.Fine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The address of the page: free for a monitor, or served by one. */
final class PageCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private PageCheck() {}

  static Finding of(Config config) throws InterruptedException {
    String address = "http://" + host(config) + ":" + config.http().port();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var request =
          HttpRequest.newBuilder(URI.create(address + "/health/ready")).timeout(PATIENCE).build();
      return served(address, client.send(request, BodyHandlers.ofString()));
    } catch (ConnectException e) {
      return new Fine("page", address + " is free for lyascope serve");
    } catch (IOException | IllegalArgumentException e) {
      return taken(address, e.toString());
    }
  }

  private static Finding served(String address, HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 200 -> new Fine("page", "a monitor serves " + address);
      case 503 ->
          new Doubtful(
              "page",
              "a monitor serves " + address + " but is not ready: " + answer.body(),
              "Wait, or read its log: it may not reach its Kafka cluster.");
      default -> taken(address, "status " + answer.statusCode());
    };
  }

  private static Finding taken(String address, String sign) {
    return new Broken(
        "page",
        "something else answers at " + address + " (" + sign + ")",
        "Choose another http.port.");
  }

  /** A wildcard address is bound, but cannot be asked. */
  private static String host(Config config) {
    String host = config.http().host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return InetAddress.getLoopbackAddress().getHostAddress();
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
