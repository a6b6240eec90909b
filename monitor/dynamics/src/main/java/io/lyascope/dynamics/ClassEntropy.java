package io.lyascope.dynamics;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How uncertain an ensemble is of the classes of its inputs, in nats, see {@link Ensemble}.
 *
 * @param networks of the ensemble
 * @param classes whose logarithm is the most that an entropy can be
 * @param mean over the inputs
 * @param standardDeviation the population's
 * @param min over the inputs
 * @param max over the inputs
 * @param perInput in the order of the probe's inputs
 */
public record ClassEntropy(
    int networks,
    int classes,
    double mean,
    double standardDeviation,
    double min,
    double max,
    List<Double> perInput) {

  static ClassEntropy of(int networks, int classes, double[] entropies) {
    return new ClassEntropy(
        networks,
        classes,
        Estimate.mean(entropies),
        Math.sqrt(Estimate.variance(entropies)),
        DoubleStream.of(entropies).min().orElseThrow(),
        DoubleStream.of(entropies).max().orElseThrow(),
        DoubleStream.of(entropies).boxed().toList());
  }
}
