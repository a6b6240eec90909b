package io.lyascope.aelle;

import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Reads the lines of {@code runs.jsonl}; unknown fields are ignored. */
final class RunReader {

  private final String metric;
  private final Protocol protocol;
  private int unusable;

  RunReader(String metric, Protocol protocol) {
    this.metric = metric;
    this.protocol = protocol;
  }

  FinishedRun read(JsonObject line) throws JsonException {
    String run = line.requiredString("run");
    var architecture = line.object("architecture").orElseThrow(() -> missing("architecture"));
    var outcome = line.object("outcome").orElseThrow(() -> missing("outcome"));
    List<FinishedRun.Stage> stages = new ArrayList<>();
    for (JsonObject stage : line.objects("stages")) {
      readStage(stage, stages);
    }
    stages.sort(Comparator.comparingDouble(FinishedRun.Stage::progress));
    return new FinishedRun(
        run,
        line.string("group").orElse(run),
        Architecture.parse(Json.write(architecture.fields())),
        Flat.config(line.object("config").map(JsonObject::fields).orElse(Map.of())),
        List.copyOf(stages),
        outcome.number(metric).orElseThrow(() -> missing("outcome." + metric)),
        line.string("repeat_of"));
  }

  private void readStage(JsonObject stage, List<FinishedRun.Stage> stages) throws JsonException {
    double progress = stage.number("progress").orElseThrow(() -> missing("stages.progress"));
    if (!(progress >= 0 && progress <= 1)) {
      throw new JsonException("field stages.progress is " + progress + ", wanted 0 to 1");
    }
    double[] exponents = stage.numbers("exponents").orElseThrow(() -> missing("stages.exponents"));
    boolean sound =
        exponents.length > 0
            && Arrays.stream(exponents).allMatch(e -> e < Double.POSITIVE_INFINITY);
    if (!sound) {
      unusable++; // the engine gives neither NaN nor positive infinity
      return;
    }
    int dead = stage.smallInteger("dead").orElseGet(() -> infinite(exponents));
    if (dead < 0 || dead > exponents.length) {
      throw new JsonException(
          "field stages.dead is %d, wanted 0 to %d".formatted(dead, exponents.length));
    }
    var scalars = stage.object("scalars");
    stages.add(
        new FinishedRun.Stage(
            progress,
            stage.integer("step"),
            new Evidence.Spectrum(descending(exponents), dead, protocol),
            scalars.isPresent() ? scalars.get().allNumbers() : Map.of()));
  }

  /** What is dead at least, where nobody says how many are. */
  private static int infinite(double[] exponents) {
    return (int) Arrays.stream(exponents).filter(Double::isInfinite).count();
  }

  private static List<Double> descending(double[] exponents) {
    return DoubleStream.of(exponents).boxed().sorted(Comparator.reverseOrder()).toList();
  }

  /** What was left out so far. */
  List<String> remarks() {
    return unusable == 0
        ? List.of()
        : List.of(unusable + " spectra have NaN, +Infinity or no exponents and are left out");
  }

  private static JsonException missing(String field) {
    return new JsonException("field " + field + " is missing");
  }
}
