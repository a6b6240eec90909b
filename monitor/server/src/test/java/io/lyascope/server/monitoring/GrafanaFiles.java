package io.lyascope.server.monitoring;

import io.lyascope.server.programs.Programs;
import io.lyascope.snapshot.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The shipped dashboards and rules, as far as they ask for metrics. */
final class GrafanaFiles {

  private static final Path FOLDER = Programs.ROOT.resolve("grafana");
  private static final Pattern METRIC = Pattern.compile("\\blyascope_[a-z0-9_]+");

  private GrafanaFiles() {}

  /** The queries of all panels of all dashboards. */
  static List<String> queries() throws Exception {
    List<String> queries = new ArrayList<>();
    for (Path dashboard : files("dashboards", ".json")) {
      collect(Json.parse(Files.readAllBytes(dashboard)), queries);
    }
    return queries;
  }

  private static void collect(Object node, List<String> queries) {
    switch (node) {
      case Map<?, ?> map -> {
        if (map.get("expr") instanceof String query) {
          queries.add(query);
        }
        map.values().forEach(child -> collect(child, queries));
      }
      case List<?> list -> list.forEach(child -> collect(child, queries));
      case null, default -> {}
    }
  }

  /** Every metric of ours that a dashboard, a rule or a provisioned alert names. */
  static NavigableSet<String> metrics() throws IOException {
    NavigableSet<String> metrics = new TreeSet<>();
    List<Path> all = new ArrayList<>(files("dashboards", ".json"));
    all.addAll(files("prometheus/rules", ".yml"));
    all.addAll(files("provisioning/alerting", ".yml"));
    for (Path file : all) {
      METRIC
          .matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .forEach(metrics::add);
    }
    return metrics;
  }

  static List<Path> files(String folder, String ending) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
