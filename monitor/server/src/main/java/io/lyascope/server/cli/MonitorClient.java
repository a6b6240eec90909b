package io.lyascope.server.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A running monitor, asked over HTTP.
 *
 * @param url where it is, with or without a slash at the end
 * @param token shown with every request
 */
record MonitorClient(String url, Optional<String> token) {

  static final String DEFAULT_URL = "http://127.0.0.1:8080";
  static final Option URL =
      new Option("--url", "URL", "the monitor's address, " + DEFAULT_URL + " by default");

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What is below {@code /api/v1/}. */
  HttpResponse<String> get(String path) throws InterruptedException, UnreachableException {
    return send(request(path).timeout(PATIENCE));
  }

  /** Waits longer than for reading: the monitor answers when Kafka has it. */
  HttpResponse<String> post(String path, String json)
      throws InterruptedException, UnreachableException {
    return send(
        request(path)
            .timeout(PATIENCE.multipliedBy(14))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** The path of a run, whose id may hold anything. */
  static String run(String id) {
    return "runs/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    try {
      var request = HttpRequest.newBuilder(URI.create(base + "/api/v1/" + path));
      token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
      return request;
    } catch (IllegalArgumentException e) {
      throw new UsageException("--url: " + e.getMessage());
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws InterruptedException, UnreachableException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UnreachableException("no monitor answers at " + url + " (" + e + ")");
    }
  }
}
