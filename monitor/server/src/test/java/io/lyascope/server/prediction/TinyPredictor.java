package io.lyascope.server.prediction;

import io.lyascope.aelle.Corpus;
import io.lyascope.aelle.Good;
import io.lyascope.aelle.Progress;
import io.lyascope.aelle.Training;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.TangentFlow;
import io.lyascope.server.pipeline.TinyNetwork;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A predictor that is trained in the test, from networks of which those with large weights are said
 * to have ended badly.
 */
public final class TinyPredictor {

  /** The task of its runs. */
  public static final String TASK = "tiny";

  /** A gain that ends well, as far as the corpus knows. */
  public static final double GOOD = 0.3;

  /** A gain that ends badly. */
  public static final double BAD = 2.7;

  private static final int RUNS = 80;

  private TinyPredictor() {}

  /** Trains it and writes its file. */
  public static Path train(Path folder) throws IOException {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    Probe probe = Probe.read(TinyNetwork.probe(), Limits.DEFAULT);
    Protocol protocol = Protocol.DEFAULT.with(probe.protocol());
    List<String> lines = new ArrayList<>();
    var random = new Random(1);
    for (int i = 0; i < RUNS; i++) {
      double gain = 0.1 + 2.9 * i / RUNS;
      lines.add(run(i, gain, 0.2 + gain + 0.1 * random.nextGaussian(), probe, protocol));
    }
    Files.writeString(
        corpus.resolve("corpus.json"),
        Json.write(
            Map.of(
                "format",
                "corpus/1",
                "task",
                TASK,
                "protocol",
                protocol.toFields(),
                "metric",
                "val_loss",
                "goal",
                "minimize",
                "card",
                Map.of())));
    Files.write(corpus.resolve("runs.jsonl"), lines);
    var training = new Training(List.of(0.0), new Good.Quantile(0.5), 1, 1);
    byte[] file = training.train(Corpus.read(corpus), true, Map.of(), Progress.SILENT);
    return Files.write(folder.resolve("tiny.safetensors"), file);
  }

  private static String run(int i, double gain, double loss, Probe probe, Protocol protocol) {
    byte[] file = TinyNetwork.snapshot("corpus-" + i, 1000 + 2L * i, gain);
    Snapshot snapshot = Snapshot.read(file, Limits.DEFAULT);
    LyapunovSpectrum spectrum = TangentFlow.begin(snapshot, probe, protocol).finish();
    Map<String, Object> stage = new LinkedHashMap<>();
    stage.put("progress", 0);
    stage.put("step", 0);
    stage.put("exponents", spectrum.exponents());
    stage.put("dead", spectrum.dead());
    stage.put("scalars", snapshot.scalars());
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run", snapshot.run());
    line.put("group", snapshot.run());
    line.put("architecture", snapshot.architecture().toFields());
    line.put("config", Map.of());
    line.put("stages", List.of(stage));
    line.put("outcome", Map.of("val_loss", loss));
    return Json.write(line);
  }

  /** What a run of its task says of itself. */
  public static RunDocument document(String run) {
    try {
      return RunDocument.parse(
          "{\"type\":\"run\",\"run\":\"%s\",\"task\":\"%s\",\"total_steps\":1000}"
              .formatted(run, TASK));
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }
}
