package io.lyascope.server.demo;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.RunDocument;
import io.lyascope.snapshot.ScalarsDocument;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** A training run small enough to make in a test: a tanh network of four units, two inputs. */
public final class TinyRun {

  private static final int HIDDEN = 4;
  private static final int INPUT = 2;
  private static final String ARCHITECTURE =
      "{\"cell\":\"rnn\",\"input_size\":2,\"hidden_size\":4,\"num_layers\":1,\"bias\":false,"
          + "\"prefix\":\"\",\"nonlinearity\":\"tanh\",\"hyper\":{}}";

  private TinyRun() {}

  /** A snapshot file whose weights are drawn from the step. */
  public static byte[] snapshot(String run, long step) {
    var random = new Random(step);
    return TensorFile.of(
            Map.of(
                "lyascope.format",
                "snapshot/1",
                "lyascope.run",
                run,
                "lyascope.step",
                Long.toString(step),
                "lyascope.architecture",
                ARCHITECTURE),
            List.of(
                normal("weight_ih_l0", random, HIDDEN, INPUT),
                normal("weight_hh_l0", random, HIDDEN, HIDDEN)))
        .write();
  }

  /** A probe of three sequences of 50 steps, with this JSON as its protocol. */
  public static byte[] probe(String protocol) {
    return TensorFile.of(
            Map.of(
                "lyascope.format", "probe/1",
                "lyascope.source", "validation",
                "lyascope.protocol", protocol),
            List.of(normal("inputs", new Random(1), 3, 50, INPUT)))
        .write();
  }

  /** Writes a recording with snapshots at these steps into a folder. */
  public static Path record(Path folder, String run, long... steps) throws IOException {
    Files.createDirectories(folder.resolve("snapshots"));
    Files.writeString(folder.resolve("run.json"), document(run).toJson());
    Files.write(folder.resolve("probe.safetensors"), probe("{}"));
    StringBuilder scalars = new StringBuilder();
    for (long step : steps) {
      Files.write(
          folder.resolve("snapshots").resolve("0-%012d.safetensors".formatted(step)),
          snapshot(run, step));
      scalars.append(loss(run, step).toJson()).append('\n');
    }
    Files.writeString(folder.resolve("scalars.jsonl"), scalars);
    return folder;
  }

  private static ScalarsDocument loss(String run, long step) {
    return new ScalarsDocument(
        run,
        0,
        step,
        Optional.of(Instant.EPOCH),
        Map.of("train_loss", 1.0 / (step + 1)),
        ScalarsDocument.Phase.TRAIN);
  }

  private static RunDocument document(String run) {
    Architecture architecture = architecture();
    return new RunDocument(
        run,
        Optional.of("tests"),
        Optional.of("tiny"),
        0,
        Optional.of("finished"),
        Map.of("seed", 1L),
        Optional.of(architecture),
        Optional.empty(),
        OptionalLong.of(100),
        Optional.of(Instant.EPOCH),
        Optional.of(Instant.EPOCH.plusSeconds(60)),
        Map.of("val_loss", 0.5),
        Map.of());
  }

  private static Architecture architecture() {
    try {
      return Architecture.parse(ARCHITECTURE);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private static Tensor normal(String name, Random random, int... shape) {
    int count = 1;
    for (int extent : shape) {
      count *= extent;
    }
    return Tensor.of(name, Dtype.F32, shape, random.doubles(count).map(u -> u - 0.5).toArray());
  }
}
