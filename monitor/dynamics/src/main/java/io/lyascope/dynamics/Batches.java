package io.lyascope.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The counted steps of all sequences in batches that count as independent.
 *
 * @param rates of all batches together, by column
 * @param without the same without one batch, a batch a row
 * @param weights all steps / steps of the batch
 */
record Batches(double[] rates, double[][] without, double[] weights) {

  /** Fewer sequences than this are cut into blocks of time. */
  private static final int WANTED = 10;

  /** The sums of log R_ii over some steps. */
  private record Part(double[] sums, int steps) {}

  static Batches of(List<Growth> growths, double timeStep) {
    List<Part> parts = new ArrayList<>();
    for (Growth growth : growths) {
      cut(growth, (WANTED + growths.size() - 1) / growths.size(), parts);
    }
    return of(parts, growths.getFirst().columns(), timeStep);
  }

  /** Neighbouring blocks of one sequence make up a batch. */
  private static void cut(Growth growth, int batches, List<Part> parts) {
    int blocks = growth.blocks();
    int wanted = Math.min(batches, blocks);
    for (int batch = 0; batch < wanted; batch++) {
      double[] sums = new double[growth.columns()];
      int steps = 0;
      for (int block = batch * blocks / wanted; block < (batch + 1) * blocks / wanted; block++) {
        add(growth.blockSums(block), sums);
        steps += growth.blockSteps(block);
      }
      if (steps > 0) {
        parts.add(new Part(sums, steps));
      }
    }
  }

  /** Sums from both ends, because subtracting negative infinity would leave nothing. */
  private static Batches of(List<Part> parts, int columns, double timeStep) {
    int count = parts.size();
    int steps = parts.stream().mapToInt(Part::steps).sum();
    double[][] without = new double[count][columns];
    double[] before = new double[columns];
    for (int b = 0; b < count; b++) {
      add(before, without[b]);
      add(parts.get(b).sums(), before);
    }
    double[] after = new double[columns];
    double[] weights = new double[count];
    for (int b = count - 1; b >= 0; b--) {
      Part part = parts.get(b);
      add(after, without[b]);
      divide(without[b], (steps - part.steps()) * timeStep);
      weights[b] = (double) steps / part.steps();
      add(part.sums(), after);
    }
    divide(before, steps * timeStep);
    return new Batches(before, without, weights);
  }

  int count() {
    return weights.length;
  }

  /** The 95 % interval of a function of the rates around its value. */
  Interval interval(double value, ToDoubleFunction<double[]> function) {
    double error = standardError(function);
    return Interval.around(value, Estimate.student(count() - 1) * error);
  }

  /** The jackknife's standard error; not a finite number where a replicate is none. */
  private double standardError(ToDoubleFunction<double[]> function) {
    double whole = function.applyAsDouble(rates);
    double[] replicates = new double[count()];
    double centre = count() * whole;
    for (int b = 0; b < replicates.length; b++) {
      replicates[b] = function.applyAsDouble(without[b]);
      centre -= (1 - 1 / weights[b]) * replicates[b];
    }
    double sum = 0;
    for (int b = 0; b < replicates.length; b++) {
      double pseudo = weights[b] * whole - (weights[b] - 1) * replicates[b];
      sum += (pseudo - centre) * (pseudo - centre) / (weights[b] - 1);
    }
    return Math.sqrt(sum / count());
  }

  private static void add(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  private static void divide(double[] values, double by) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= by;
    }
  }
}
