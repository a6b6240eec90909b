package io.lyascope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.kafka.Cluster;
import io.lyascope.kafka.Publisher;
import io.lyascope.server.cli.CommandLine;
import io.lyascope.server.cli.ExitCode;
import io.lyascope.server.cli.Terminal;
import io.lyascope.server.config.Config;
import io.lyascope.server.pipeline.TinyNetwork;
import io.lyascope.server.prediction.PredictionDocument;
import io.lyascope.server.prediction.TinyPredictor;
import io.lyascope.server.results.ResultsReader;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trained predictor in a running monitor, and on the command line. */
class PredictionIT {

  @TempDir Path folder;

  @Test
  void monitorAndCommandLineSayTheSameDigitForDigitAndARestartNothingNew() throws Exception {
    Path model = TinyPredictor.train(folder);
    Map<String, String> keys = new HashMap<>(BrokerFixture.keys());
    keys.put("prediction.models", model.toString());
    Config config = Config.of(keys);
    byte[] snapshot = TinyNetwork.snapshot("bad", 0, TinyPredictor.BAD);
    HttpResponse<String> supposed;
    try (Publisher publisher = new Publisher(config.kafka().cluster());
        Monitor monitor = Monitor.start(config)) {
      assertTrue(monitor.url().startsWith("http"));
      publisher.probe("bad", TinyNetwork.probe()).join();
      publisher.snapshot("bad", 0, 0, snapshot).join();
      StreamFixture.until("a word", () -> latest(config).isPresent());
      publisher.run(TinyPredictor.document("bad")).join();
      StreamFixture.until("a number", () -> hasNumbers(latest(config)));
      supposed = get(monitor, "/api/v1/runs/bad/what-if?loss=0.5");
      HttpResponse<String> beyond = get(monitor, "/api/v1/runs/bad/what-if?loss=100");
      assertEquals(422, beyond.statusCode());
      assertTrue(beyond.body().contains("a final loss of 100.0 is wanted, the training had"));
      assertEquals(400, get(monitor, "/api/v1/runs/bad/what-if?loss=low").statusCode());
    }
    PredictionDocument online = latest(config).orElseThrow();
    assertEquals("doomed", online.forecast().verdict().kind(), online.toJson());
    Map<String, Object> offline = new LinkedHashMap<>(offline(model, snapshot));
    Map<String, Object> whatIf = new LinkedHashMap<>(Map.of("run", "bad", "step", 0));
    whatIf.putAll(new JsonObject(offline).object("what_if").orElseThrow().fields());
    offline.remove("what_if");
    assertEquals(Json.write(online.forecast().toFields()), Json.write(offline));
    assertEquals(200, supposed.statusCode(), supposed.body());
    assertEquals(JsonObject.parse(supposed.body()), JsonObject.parse(Json.write(whatIf)));

    long before = count(config);
    try (Publisher publisher = new Publisher(config.kafka().cluster());
        Monitor again = Monitor.start(config)) {
      assertTrue(again.url().startsWith("http"));
      publisher.snapshot("bad", 0, 1, TinyNetwork.snapshot("bad", 1, 0.3)).join();
      StreamFixture.until("the next step", () -> latest(config).orElseThrow().step() == 1);
    }
    assertEquals(before + 1, count(config));
  }

  private static HttpResponse<String> get(Monitor monitor, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(monitor.url()).resolve(path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static boolean hasNumbers(Optional<PredictionDocument> prediction) {
    return prediction.filter(known -> known.forecast().outlook().isPresent()).isPresent();
  }

  private static Optional<PredictionDocument> latest(Config config) {
    List<PredictionDocument> all = read(config).predictions();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  private static long count(Config config) {
    return read(config).predictions().size();
  }

  private static CollectedResults read(Config config) {
    Cluster cluster = config.kafka().cluster();
    var results = new CollectedResults();
    new ResultsReader(cluster).readAll(results);
    return results;
  }

  /** What {@code analyze --predict} prints. */
  private Map<String, Object> offline(Path model, byte[] snapshot) throws Exception {
    Path file = Files.write(folder.resolve("snapshot.safetensors"), snapshot);
    Path probe = Files.write(folder.resolve("probe.safetensors"), TinyNetwork.probe());
    Path run =
        Files.writeString(folder.resolve("run.json"), TinyPredictor.document("bad").toJson());
    var out = new ByteArrayOutputStream();
    var console = new PrintStream(out, true, StandardCharsets.UTF_8);
    ExitCode code =
        CommandLine.run(
            List.of(
                "analyze",
                file.toString(),
                "--probe",
                probe.toString(),
                "--predict",
                model.toString(),
                "--run",
                run.toString(),
                "--what-if",
                "0.5",
                "--json"),
            new Terminal(console, console, Map.of()));
    String printed = out.toString(StandardCharsets.UTF_8);
    assertEquals(ExitCode.OK, code, printed);
    return JsonObject.parse(printed).object("prediction").orElseThrow().fields();
  }
}
