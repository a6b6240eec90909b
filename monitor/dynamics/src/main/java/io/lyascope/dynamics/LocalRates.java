package io.lyascope.dynamics;

import io.lyascope.snapshot.Dtype;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The growth rates of every counted step, up to the step that every sequence has reached: as they
 * are, averaged from the beginning on, and as a ranking of steps. Exponents are in the order in
 * which a spectrum reports them.
 */
public final class LocalRates implements RateListener {

  private final int settled;
  private final List<List<double[]>> sequences = new ArrayList<>();

  /** Listens to a measurement by this protocol. */
  public LocalRates(Protocol protocol) {
    this.settled = protocol.warmup() + protocol.burnIn();
  }

  /**
   * A step that stretches.
   *
   * @param sequence from 0
   * @param input the row of the sequence's inputs that drove it, from 0
   * @param rate log R_11, in the unit of the exponents
   */
  public record SensitiveStep(int sequence, int input, double rate) {}

  @Override
  public void rates(int sequence, int step, double[] rates) {
    while (sequences.size() <= sequence) {
      sequences.add(new ArrayList<>());
    }
    sequences.get(sequence).add(rates.clone());
  }

  /** The tensor {@code rates}, [B, steps, k], whose means are the exponents. */
  public Tensor rates() {
    return tensor("rates", values());
  }

  /**
   * The tensor {@code running}, [B, steps, k]: of each sequence lambda_k(t) = (1/t) sum_{s <= t}
   * log R_kk(s), the finite-time exponents of its first t counted steps. The last ones' mean over
   * sequences is the spectrum.
   */
  public Tensor running() {
    double[] values = values();
    int columns = columns();
    int steps = steps();
    for (int first = 0; first < values.length; first += steps * columns) {
      for (int column = 0; column < columns; column++) {
        average(values, first + column, columns, steps);
      }
    }
    return tensor("running", values);
  }

  private static void average(double[] values, int first, int stride, int steps) {
    double sum = 0;
    for (int t = 0; t < steps; t++) {
      sum += values[first + t * stride];
      values[first + t * stride] = sum / (t + 1);
    }
  }

  /**
   * The steps with the largest R_11, that is, where a change of the state or of the input grows
   * most, descending (Vogt 2023, figures 4.4 and 4.5).
   */
  public List<SensitiveStep> mostSensitive(int count) {
    int steps = steps();
    List<SensitiveStep> all = new ArrayList<>();
    for (int b = 0; b < sequences.size(); b++) {
      for (int t = 0; t < steps; t++) {
        all.add(new SensitiveStep(b, settled + t, sequences.get(b).get(t)[0]));
      }
    }
    all.sort(Comparator.comparingDouble(SensitiveStep::rate).reversed());
    return List.copyOf(all.subList(0, Math.min(count, all.size())));
  }

  private Tensor tensor(String name, double[] values) {
    return Tensor.of(name, Dtype.F64, new int[] {sequences.size(), steps(), columns()}, values);
  }

  private int steps() {
    return sequences.stream().mapToInt(List::size).min().orElse(0);
  }

  private int columns() {
    return steps() == 0 ? 0 : sequences.getFirst().getFirst().length;
  }

  private double[] values() {
    int steps = steps();
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
    return values;
  }

  /** The columns by falling mean; columns that are equal stay as they are. */
  private int[] order(int steps) {
    return IntStream.range(0, columns())
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
