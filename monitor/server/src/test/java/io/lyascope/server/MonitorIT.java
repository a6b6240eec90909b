package io.lyascope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.kafka.Publisher;
import io.lyascope.server.config.Config;
import io.lyascope.server.config.ConfigException;
import io.lyascope.server.pipeline.TinyNetwork;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorIT {

  private final Map<String, String> keys = BrokerFixture.keys();
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void snapshotBecomesMetricsAndHistoryWhichOutliveTheMonitor() {
    Config config = Config.of(keys);
    try (var publisher = new Publisher(config.kafka().cluster())) {
      try (Monitor monitor = Monitor.start(config)) {
        awaitReady(monitor);
        publisher.probe("a", TinyNetwork.probe()).join();
        publisher.snapshot("a", 0, 0, TinyNetwork.snapshot("a", 0, 0.8)).join();
        awaitMeasured(monitor);
        StreamFixture.until("every stage timed", () -> isEveryStageTimed(monitor));
      }
      try (Monitor again = Monitor.start(config)) {
        awaitMeasured(again);
        awaitReady(again);
        String readings = get(again, "api/v1/runs/a/readings").body();
        assertTrue(readings.contains("\"total\":1"), readings);
      }
    }
  }

  @Test
  void monitorWithoutABrokerServesAndIsNotReady() {
    Map<String, String> elsewhere = new HashMap<>(keys);
    elsewhere.put("kafka.bootstrap.servers", "127.0.0.1:1");
    try (Monitor monitor = Monitor.start(Config.of(elsewhere))) {
      assertEquals(200, get(monitor, "health/live").statusCode());
      assertEquals(503, get(monitor, "health/ready").statusCode());
    }
  }

  @Test
  void predictorThatIsNotThereEndsTheStartWithItsName() {
    Map<String, String> wrong = new HashMap<>(keys);
    wrong.put("prediction.models", "bundled,no.safetensors");
    ConfigException refused =
        assertThrows(ConfigException.class, () -> Monitor.start(Config.of(wrong)));
    assertEquals("prediction.models: no.safetensors: there is no such file", refused.getMessage());
  }

  @Test
  void openAddressWithoutTokensIsRefused() {
    Map<String, String> open = new HashMap<>(keys);
    open.put("http.host", "0.0.0.0");
    assertThrows(ConfigException.class, () -> Monitor.start(Config.of(open)));
  }

  private boolean isEveryStageTimed(Monitor monitor) {
    String metrics = get(monitor, "metrics").body();
    return List.of("read", "wait", "measure", "store").stream()
        .map("lyascope_analysis_duration_seconds_count{stage=\"%s\"} 1"::formatted)
        .allMatch(metrics::contains);
  }

  private void awaitReady(Monitor monitor) {
    StreamFixture.until("ready", () -> get(monitor, "health/ready").statusCode() == 200);
  }

  private void awaitMeasured(Monitor monitor) {
    StreamFixture.until(
        "metrics",
        () -> get(monitor, "metrics").body().contains("lyascope_exponent_max{run=\"a\""));
  }

  private HttpResponse<String> get(Monitor monitor, String path) {
    try {
      URI address = URI.create(monitor.url() + path);
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
