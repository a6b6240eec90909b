package io.lyascope.bench;

import io.lyascope.dynamics.LyapunovSpectrum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What policies of orthonormalisation and single precision cost and save. */
final class Policies {

  private static final List<String> EVERY = List.of("1", "2", "5", "10", "20", "50", "\"auto\"");
  private static final int FEWEST = 4;
  private static final long LEAST_NANOS = 4_000_000_000L;

  private Policies() {}

  /** A policy and the shortest time of a measurement by it. */
  private static final class Policy {
    final String every;
    final String precision;
    double seconds = Double.POSITIVE_INFINITY;

    Policy(String every, String precision) {
      this.every = every;
      this.precision = precision;
    }

    LyapunovSpectrum measure(Subject subject) {
      String patch =
          "{\"orthonormalize_every\":%s,\"precision\":\"%s\"}".formatted(every, precision);
      long begin = System.nanoTime();
      LyapunovSpectrum measured = subject.begin(patch).finish();
      seconds = Math.min(seconds, (System.nanoTime() - begin) * 1e-9);
      return measured;
    }
  }

  /** A row for every policy in double, and one for mixed precision; they are timed in turn. */
  static List<Map<String, Object>> of(Subject subject) {
    LyapunovSpectrum reference = subject.reference();
    List<Policy> policies = new ArrayList<>();
    EVERY.forEach(every -> policies.add(new Policy(every, "double")));
    policies.add(new Policy("\"auto\"", "mixed"));
    long begin = System.nanoTime();
    for (int i = 1; i < FEWEST || System.nanoTime() - begin < LEAST_NANOS; i++) {
      policies.forEach(policy -> policy.measure(subject));
    }
    return policies.stream().map(policy -> row(subject, policy, reference)).toList();
  }

  private static Map<String, Object> row(
      Subject subject, Policy policy, LyapunovSpectrum reference) {
    LyapunovSpectrum measured = policy.measure(subject);
    Map<String, Object> row = new HashMap<>(Deviation.of(measured, reference).fields());
    row.put("network", subject.name());
    row.put("every", policy.every.replace("\"", ""));
    row.put("precision", policy.precision);
    row.put("exponents", measured.exponents().size());
    row.put("dead", measured.dead());
    row.put("reference_max", reference.max());
    row.put("reference_min", reference.minFinite());
    row.put("seconds", policy.seconds);
    return row;
  }
}
