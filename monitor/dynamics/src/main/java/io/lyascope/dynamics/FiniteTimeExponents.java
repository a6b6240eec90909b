package io.lyascope.dynamics;

import java.util.List;

/**
 * How strongly a feed-forward network stretches differences of its inputs, with depth in the role
 * of time: lambda_1(x) = (1/L) log sigma_max(D_L W_L .. D_1 W_1) over the L hidden layers (Storm
 * 2024), in nats per layer.
 *
 * @param layers hidden layers
 * @param mean over the inputs
 * @param standardDeviation the population's
 * @param min over the inputs, negative infinity where no difference gets through
 * @param max over the inputs
 * @param perInput in the order of the probe's inputs
 */
public record FiniteTimeExponents(
    int layers,
    double mean,
    double standardDeviation,
    double min,
    double max,
    List<Double> perInput) {}
