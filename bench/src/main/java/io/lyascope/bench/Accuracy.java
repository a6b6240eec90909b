package io.lyascope.bench;

import io.lyascope.dynamics.WarmUp;
import io.lyascope.snapshot.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Measures the errors that {@code docs/accuracy.md} shows; {@code bench/accuracy.py} runs it. */
public final class Accuracy {

  private static final List<String> LONG_RUNS = List.of("warpeace-lstm", "warpeace-gru");
  private static final List<String> RUNS =
      List.of("warpeace-lstm", "warpeace-gru", "smnist-rnn", "smnist-lstm", "smnist-rnn-chaotic");
  private static final List<String> NETWORKS = List.of("rnn64", "lstm128", "gru256");

  private Accuracy() {}

  /**
   * Writes a JSON file with one list of rows for each kind of measurement.
   *
   * @param arguments the folder of the recordings, that of the benchmark's networks, the file
   */
  public static void main(String[] arguments) throws IOException {
    Path recordings = Path.of(arguments[0]);
    Path data = Path.of(arguments[1]);
    List<Subject> runs = new ArrayList<>();
    for (String name : RUNS) {
      runs.add(Subject.recorded(recordings.resolve(name + ".zip")));
    }
    List<Subject> all = new ArrayList<>(runs);
    for (String name : NETWORKS) {
      all.add(Subject.generated(data.resolve(name)));
    }
    List<Subject> trainings = runs.stream().filter(run -> LONG_RUNS.contains(run.name())).toList();
    List<Subject> lasting = new ArrayList<>(trainings);
    all.stream().filter(subject -> subject.name().equals("lstm128")).forEach(lasting::add);
    WarmUp.start();
    all.forEach(Subject::reference);
    Map<String, Object> results =
        Map.of(
            "policies", rows(all, Policies::of),
            "anytime", rows(lasting, Anytime::of),
            "starts", rows(trainings, Starts::of));
    Files.writeString(Path.of(arguments[2]), Json.write(results));
  }

  private static List<Map<String, Object>> rows(
      List<Subject> subjects, Function<Subject, List<Map<String, Object>>> measurement) {
    return subjects.stream().flatMap(subject -> measurement.apply(subject).stream()).toList();
  }
}
