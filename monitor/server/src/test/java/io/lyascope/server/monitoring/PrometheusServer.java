package io.lyascope.server.monitoring;

import io.lyascope.server.programs.Programs;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real Prometheus that scrapes one monitor every second and evaluates the shipped rules. */
final class PrometheusServer implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private PrometheusServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static PrometheusServer start(Path folder, String target) throws IOException {
    return start(folder, target, "");
  }

  /** The same, and tells an Alertmanager of its alerts. */
  static PrometheusServer startWithAlerts(Path folder, String target, String alertmanager)
      throws IOException {
    return start(
        folder,
        target,
        "alerting: {alertmanagers: [{static_configs: [{targets: ['%s']}]}]}\n"
            .formatted(alertmanager));
  }

  private static PrometheusServer start(Path folder, String target, String alerting)
      throws IOException {
    Path config = folder.resolve("prometheus.yml");
    Path rules = Programs.ROOT.resolve("grafana/prometheus/rules/*.yml");
    String text =
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ['%s']
        scrape_configs:
          - job_name: lyascope
            static_configs: [{targets: ['%s']}]
        """
            .formatted(rules, target);
    Files.writeString(config, text + alerting);
    int port = Ports.free();
    List<String> command =
        List.of(
            Programs.find("prometheus").orElseThrow().toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("prometheus.log").toFile()))
            .start();
    return new PrometheusServer(process, port);
  }

  /** The samples that a query gives now; none while the server does not answer yet. */
  List<?> query(String query) {
    Object data = get("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    return data instanceof Map<?, ?> map && map.get("result") instanceof List<?> found
        ? found
        : List.of();
  }

  /** What an address of the interface answers, null while there is no answer. */
  Object get(String address) {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + address);
    try {
      String body =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return Json.parse(body) instanceof Map<?, ?> answer ? answer.get("data") : null;
    } catch (IOException | JsonException e) {
      if (!process.isAlive()) {
        throw new UncheckedIOException(new IOException("Prometheus has ended", e));
      }
      return null;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
