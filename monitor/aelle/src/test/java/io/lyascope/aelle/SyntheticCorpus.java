package io.lyascope.aelle;

import io.lyascope.snapshot.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A corpus in which the outcome is a known function of the spectrum, with noise. */
final class SyntheticCorpus {

  private final Random random;
  private final List<Map<String, Object>> runs = new ArrayList<>();

  SyntheticCorpus(int count, long seed) {
    random = new Random(seed);
    for (int i = 0; i < count; i++) {
      runs.add(run("run-" + i, i % 2 == 0 ? "lstm" : "rnn", 24 + 8 * (i % 3)));
    }
  }

  /** The first exponent decides: the nearer to zero, the lower the loss. */
  private Map<String, Object> run(String name, String cell, int units) {
    double gain = 2 * random.nextDouble() - 1;
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("run", name);
    run.put("architecture", Map.of("cell", cell, "hidden_size", units));
    run.put(
        "config",
        Map.of(
            "lr",
            Math.exp(random.nextGaussian()),
            "decay",
            0.5 * gain + 0.1 * random.nextGaussian(),
            "seed",
            random.nextInt()));
    List<Object> stages = new ArrayList<>();
    for (double progress : new double[] {0, 0.1}) {
      double loss = 2 - progress * (1 - Math.abs(gain));
      stages.add(
          new LinkedHashMap<>(
              Map.of(
                  "progress",
                  progress,
                  "step",
                  (long) (500 * progress),
                  "exponents",
                  exponents(gain, units),
                  "dead",
                  0,
                  "scalars",
                  Map.of("val_loss", loss))));
    }
    run.put("stages", stages);
    run.put("outcome", Map.of("val_loss", Math.abs(gain) + 0.02 * random.nextGaussian()));
    return run;
  }

  private List<Double> exponents(double gain, int units) {
    List<Double> exponents = new ArrayList<>();
    for (int k = 0; k < units; k++) {
      exponents.add(0.3 * gain - (double) k / units + 0.001 * random.nextGaussian());
    }
    return exponents;
  }

  List<Map<String, Object>> runs() {
    return runs;
  }

  void write(Path folder) throws IOException {
    String header = "{\"format\":\"corpus/1\",\"task\":\"made-up\",\"metric\":\"val_loss\"}";
    Files.writeString(folder.resolve("corpus.json"), header);
    List<String> lines = runs.stream().map(Json::write).toList();
    Files.write(folder.resolve("runs.jsonl"), lines);
  }
}
