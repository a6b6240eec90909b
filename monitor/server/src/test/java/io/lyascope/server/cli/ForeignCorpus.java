package io.lyascope.server.cli;

import io.lyascope.snapshot.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Finished runs as another program might write them: a task, cells and a metric of its own, fields
 * that Lyascope does not know, none that may be left out.
 */
final class ForeignCorpus {

  private final Random random = new Random(5);
  private final List<Map<String, Object>> runs = new ArrayList<>();
  private String protocol = "";

  /** Runs whose accuracy is the higher, the nearer their exponents are to zero. */
  static ForeignCorpus telling(int count) {
    return new ForeignCorpus(count, 1);
  }

  /** Runs whose accuracy has nothing to do with anything. */
  static ForeignCorpus meaningless(int count) {
    return new ForeignCorpus(count, 0);
  }

  private ForeignCorpus(int count, double meaning) {
    for (int i = 0; i < count; i++) {
      runs.add(run(i, meaning));
    }
  }

  private Map<String, Object> run(int i, double meaning) {
    double gain = random.nextDouble();
    double luck = random.nextDouble();
    int units = 12 + 4 * (i % 3);
    List<Object> exponents = new ArrayList<>();
    for (int k = 0; k < units; k++) {
      exponents.add(-gain - 0.1 * k);
    }
    Map<String, Object> stage = new LinkedHashMap<>();
    stage.put("progress", 0);
    stage.put("exponents", exponents);
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("run", "theirs-" + i);
    run.put(
        "architecture",
        new LinkedHashMap<>(Map.of("cell", i % 2 == 0 ? "gru" : "cornn", "hidden_size", units)));
    run.put("stages", List.of(stage));
    run.put("outcome", Map.of("accuracy", meaning * (1 - gain) + 0.1 * luck));
    run.put("cluster", Map.of("nodes", 8));
    return run;
  }

  Map<String, Object> run(int i) {
    return runs.get(i);
  }

  /** How the spectra are said to have been measured; without it, by the default. */
  ForeignCorpus protocol(String json) {
    protocol = "\"protocol\":%s,".formatted(json);
    return this;
  }

  /**
   * Adds all that may be left out: scalars, hyper-parameters, a second stage that every fifth run
   * lacks, and a second training of every other one.
   */
  ForeignCorpus describe() {
    int before = runs.size();
    for (int i = 0; i < before; i++) {
      double accuracy = (double) ((Map<?, ?>) run(i).get("outcome")).get("accuracy");
      Map<String, Object> later = new LinkedHashMap<>(stage(i));
      stage(i).put("scalars", scalars(0.1 * random.nextDouble()));
      later.put("progress", 0.1);
      later.put("exponents", new ArrayList<>(exponents(i)));
      later.put("scalars", scalars(0.5 * accuracy + 0.1 * random.nextDouble()));
      run(i).put("stages", i % 5 == 0 ? List.of(stage(i)) : List.of(stage(i), later));
      run(i).put("config", Map.of("optimizer", Map.of("lr", random.nextDouble()), "seed", i));
    }
    for (int i = 0; i < before; i += 2) {
      trainAgain(i);
    }
    return this;
  }

  private Map<String, Object> scalars(double accuracy) {
    return new LinkedHashMap<>(
        Map.of("accuracy", accuracy, "grad_norm", 1 + random.nextGaussian()));
  }

  private void trainAgain(int i) {
    double accuracy = (double) ((Map<?, ?>) run(i).get("outcome")).get("accuracy");
    Map<String, Object> again = new LinkedHashMap<>(run(i));
    again.put("run", "again-" + i);
    again.put("repeat_of", run(i).get("run"));
    again.put("outcome", Map.of("accuracy", accuracy + 0.05 * random.nextDouble()));
    runs.add(again);
  }

  @SuppressWarnings("unchecked") // as run made it
  Map<String, Object> stage(int i) {
    return ((List<Map<String, Object>>) run(i).get("stages")).getFirst();
  }

  @SuppressWarnings("unchecked") // as run made it
  List<Object> exponents(int i) {
    return (List<Object>) stage(i).get("exponents");
  }

  /** Says the opposite of how a run ended. */
  void invert(int i) {
    double accuracy = (double) ((Map<?, ?>) run(i).get("outcome")).get("accuracy");
    run(i).put("outcome", Map.of("accuracy", 1.1 - accuracy));
  }

  /** The same run once more under another name. */
  void repeat(int i) {
    Map<String, Object> copy = new LinkedHashMap<>(run(i));
    copy.put("run", "copy-" + runs.size());
    runs.add(copy);
  }

  /** Writes it. */
  Path write(Path folder) throws IOException {
    return write(folder, runs.stream().map(Json::write).toList());
  }

  /** Writes it with the text of one line replaced. */
  Path write(Path folder, int line, String text) throws IOException {
    List<String> lines = new ArrayList<>(runs.stream().map(Json::write).toList());
    lines.set(line - 1, text);
    return write(folder, lines);
  }

  private Path write(Path folder, List<String> lines) throws IOException {
    Files.writeString(
        folder.resolve("corpus.json"),
        """
        {"format":"corpus/1","task":"their sentences",%s"metric":"accuracy","goal":"maximize",\
        "made_by":"another program","card":{"source":"their cluster"}}
        """
            .formatted(protocol));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("runs.jsonl.gz")))) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    return folder;
  }
}
