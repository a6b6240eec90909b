package io.lyascope.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.server.config.MetricsSettings;
import io.lyascope.server.prediction.Forecasts;
import io.lyascope.server.runs.Facts;
import io.lyascope.server.runs.Readings;
import io.lyascope.server.runs.RunBook;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {

  private static final Path PAGE =
      Path.of(System.getProperty("lyascope.root"), "docs", "metrics.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(lyascope_[a-z_]+)` \\|");

  /** Names as a reader looks them up: a histogram is one metric. */
  private static Set<String> scraped() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var settings = new MetricsSettings(10, Duration.ofMinutes(15));
    var meters = new Meters(registry, settings, InstantSource.system());
    var book = new RunBook(InstantSource.system());
    book.watch(meters.runs());
    book.accept(Facts.declared("a", "running"));
    book.accept(Facts.snapshot("a", 10, Instant.now()));
    book.accept(Facts.heartbeat("a", 10, Map.of("train_loss", 2.5, "val_loss", 2.6)));
    book.accept(Facts.made(Readings.measured("a", 0, 10, -0.1, -0.2)));
    book.accept(Facts.foretold("a", 0, 10, Forecasts.doomed(0.1)));
    book.accept(Facts.made(Readings.layered("b", 10, -0.1, -0.3, -0.2)));
    Set<String> names = new TreeSet<>();
    Exposition.labels(registry.scrape())
        .keySet()
        .forEach(name -> names.add(name.replaceFirst("_(bucket|count|sum)$", "")));
    return names;
  }

  @Test
  void everyMetricIsInTheReferenceAndTheReferenceHasNoOther() throws Exception {
    Set<String> documented = new TreeSet<>();
    ROW.matcher(Files.readString(PAGE)).results().forEach(row -> documented.add(row.group(1)));
    assertEquals(documented, scraped());
  }
}
