package io.lyascope.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lyascope.aelle.Predictors;
import io.lyascope.server.config.Config;
import io.lyascope.server.control.CommandBook;
import io.lyascope.server.prediction.LoadedPredictors;
import io.lyascope.server.runs.RunBook;
import io.lyascope.snapshot.Limits;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class OpenApiTest {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private static Map<?, ?> description() throws Exception {
    try (InputStream in = OpenApiTest.class.getResourceAsStream("/lyascope/openapi.yaml")) {
      return new Yaml().load(in);
    }
  }

  private static Set<String> described() throws Exception {
    Set<String> operations = new TreeSet<>();
    ((Map<?, ?>) description().get("paths"))
        .forEach((path, item) ->
            ((Map<?, ?>) item)
                .keySet().stream()
                    .filter(METHODS::contains)
                    .forEach(method -> operations.add(method + " " + path)));
    return operations;
  }

  /** Everything but the page's files and HEAD, which goes with every GET. */
  private static Set<String> routed() {
    Vertx vertx = Vertx.vertx();
    try {
      Set<String> operations = new TreeSet<>();
      for (Route route : routes(vertx).router().getRoutes()) {
        boolean file = route.getPath() == null || route.getPath().matches("/|/assets/|/webjars/");
        if (!file) {
          for (HttpMethod method : route.methods()) {
            String path = Pattern.compile(":(\\w+)").matcher(route.getPath()).replaceAll("{$1}");
            operations.add(method.name().toLowerCase(Locale.ROOT) + " " + path);
          }
        }
      }
      operations.removeIf(operation -> operation.startsWith("head "));
      return operations;
    } finally {
      vertx.close().await();
    }
  }

  private static Routes routes(Vertx vertx) {
    Routes routes = new Routes(vertx, Config.of(Map.of()));
    RunBook book = new RunBook(InstantSource.system());
    CommandBook commands = new CommandBook(InstantSource.system());
    FakeUplink uplink = new FakeUplink();
    Relay relay = new Relay(vertx);
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    routes.files(new Assets());
    routes.monitoring(new Scrape(vertx, registry), new Health());
    routes.reading(new RunApi(vertx, book, commands, new LoadedPredictors(Predictors.NONE)));
    routes.predictors(new PredictorApi(vertx, Predictors.NONE));
    routes.writing(new IngestApi(relay, uplink, Limits.DEFAULT), new Admission(1));
    routes.commanding(
        new CommandApi(book, relay, uplink, InstantSource.system()),
        new CommandPoll(vertx, commands),
        new Admission(1));
    routes.webSocket(null);
    return routes;
  }

  @Test
  void describesEveryRouteAndNoOther() throws Exception {
    assertEquals(routed(), described());
  }

  @Test
  void refersOnlyToWhatIsThere() throws Exception {
    Map<?, ?> description = description();
    for (String reference : references(description)) {
      Object found = description;
      for (String part : reference.substring(2).split("/", -1)) {
        found = ((Map<?, ?>) found).get(part);
        assertFalse(found == null, reference);
      }
    }
  }

  private static List<String> references(Object node) {
    List<String> references = new ArrayList<>();
    switch (node) {
      case Map<?, ?> map ->
          map.forEach((key, value) -> {
            if (key.equals("$ref")) {
              references.add((String) value);
            } else {
              references.addAll(references(value));
            }
          });
      case List<?> list -> list.forEach(item -> references.addAll(references(item)));
      case null, default -> {}
    }
    return references;
  }
}
