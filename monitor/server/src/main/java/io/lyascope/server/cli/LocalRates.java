package io.lyascope.server.cli;

import io.lyascope.dynamics.RateListener;
import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The growth rates of every step, written as a tensor {@code rates} [B, steps, k] whose means are
 * the exponents, in the order of the exponents.
 */
final class LocalRates implements RateListener {

  private final List<List<double[]>> sequences = new ArrayList<>();

  @Override
  public void rates(int sequence, int step, double[] rates) {
    while (sequences.size() <= sequence) {
      sequences.add(new ArrayList<>());
    }
    sequences.get(sequence).add(rates.clone());
  }

  /** Writes what was heard, up to the step that every sequence has reached. */
  void write(Path file, Snapshot snapshot) throws IOException {
    int steps = sequences.stream().mapToInt(List::size).min().orElse(0);
    int[] order = order(steps);
    double[] values = new double[sequences.size() * steps * order.length];
    int at = 0;
    for (List<double[]> sequence : sequences) {
      for (double[] rates : sequence.subList(0, steps)) {
        for (int column : order) {
          values[at++] = rates[column];
        }
      }
    }
    int[] shape = {sequences.size(), steps, order.length};
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("lyascope.run", snapshot.run());
    metadata.put("lyascope.attempt", Integer.toString(snapshot.attempt()));
    metadata.put("lyascope.step", Long.toString(snapshot.step()));
    TensorFile rates =
        TensorFile.of(metadata, List.of(Tensor.of("rates", Dtype.F64, shape, values)));
    Files.write(file, rates.write());
  }

  /** The columns by falling mean; columns that are equal stay as they are. */
  private int[] order(int steps) {
    int columns = steps == 0 ? 0 : sequences.getFirst().getFirst().length;
    return IntStream.range(0, columns)
        .boxed()
        .sorted(Comparator.comparingDouble(column -> -mean(column, steps)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private double mean(int column, int steps) {
    return sequences.stream()
        .flatMap(sequence -> sequence.subList(0, steps).stream())
        .mapToDouble(rates -> rates[column])
        .average()
        .orElseThrow();
  }
}
