package io.lyascope.server.runs;

import io.lyascope.dynamics.EffectiveRank;
import io.lyascope.dynamics.FiniteTimeExponents;
import io.lyascope.dynamics.LyapunovSpectrum;
import io.lyascope.dynamics.MatrixRanks;
import io.lyascope.dynamics.Stop;
import io.lyascope.dynamics.WeightUpdate;
import io.lyascope.server.reading.Reading;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Architecture;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.RefusedException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Readings as the pipeline would make them, with plain numbers. */
public final class Readings {

  private static final WeightUpdate UPDATE =
      new WeightUpdate(5, new MatrixRanks(new EffectiveRank(0.25, 4, 6), Map.of()));

  private Readings() {}

  /** A reference reading with these exponents, descending. */
  public static Reading measured(String run, int attempt, long step, Double... exponents) {
    return reading(
        Reading.Kind.REFERENCE,
        run,
        attempt,
        step,
        new Measured(spectrum(List.of(exponents)), 0.5));
  }

  /** A measurement in progress. */
  public static Reading live(String run, long step, Double... exponents) {
    return reading(
        Reading.Kind.LIVE, run, 0, step, new Measured(spectrum(List.of(exponents)), 0.1));
  }

  /** What a feed-forward network does to its inputs, an exponent each. */
  public static Reading layered(String run, long step, Double... exponents) {
    var found =
        FiniteTimeExponents.of(3, true, List.of(exponents), Optional.empty(), Optional.empty());
    return reading(Reading.Kind.REFERENCE, run, 0, step, new Layered(found, 0.1));
  }

  /** A snapshot that cannot be measured. */
  public static Reading refused(String run, long step, RefusedException.Kind kind) {
    return reading(
        Reading.Kind.REFERENCE, run, 0, step, new Refused(kind, "weight_hh_l0", "cannot be used"));
  }

  private static Reading reading(
      Reading.Kind kind, String run, int attempt, long step, Outcome outcome) {
    return new Reading(
        kind,
        run,
        attempt,
        step,
        OptionalDouble.of(0.25),
        Map.of("train_loss", 2.0),
        "digest-" + attempt + "-" + step,
        "lstm",
        Optional.of(new Architecture("lstm", 8, 16, 1, true, "", "tanh", Map.of())),
        Instant.parse("2026-01-31T12:00:00Z"),
        Optional.of("validation"),
        Optional.of(UPDATE),
        outcome);
  }

  private static LyapunovSpectrum spectrum(List<Double> exponents) {
    double sum = exponents.stream().mapToDouble(e -> e).sum();
    int n = exponents.size();
    return new LyapunovSpectrum(
        Protocol.DEFAULT,
        Stop.COMPLETE,
        true,
        exponents,
        Optional.of(Collections.nCopies(n, 0.001)),
        Optional.empty(),
        Collections.nCopies(n, 1e-12),
        n,
        0,
        exponents.getFirst(),
        exponents.getLast(),
        sum / n,
        0.1,
        OptionalDouble.of(exponents.getLast()),
        OptionalDouble.of(sum / n),
        OptionalDouble.of(0.1),
        0,
        (int) exponents.stream().filter(e -> e > 0.01).count(),
        (int) exponents.stream().filter(e -> Math.abs(e) <= 0.01).count(),
        exponents.stream().mapToDouble(e -> Math.max(0, e)).sum(),
        OptionalDouble.of(1.5),
        3,
        2.5,
        4.5,
        OptionalDouble.empty(),
        Optional.empty());
  }
}
