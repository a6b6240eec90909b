package io.lyascope.server.config;

import java.time.Duration;

/**
 * What is exported to Prometheus.
 *
 * @param maxRuns runs with series of their own
 * @param runTtl how long a run's series stay after it has ended
 */
public record MetricsSettings(int maxRuns, Duration runTtl) {}
