package io.lyascope.server.cli;

import io.lyascope.dynamics.LocalRates;
import io.lyascope.dynamics.LocalRates.SensitiveStep;
import io.lyascope.snapshot.Snapshot;
import io.lyascope.snapshot.Tensor;
import io.lyascope.snapshot.TensorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of the single steps of a measurement; any of it makes every step an
 * orthonormalisation.
 *
 * @param localRates where the growth of every step is written
 * @param runningExponents where its means from the first step on are written
 * @param sensitiveSteps how many of the steps that stretch most are told
 */
record StepRequest(
    Optional<Path> localRates, Optional<Path> runningExponents, Optional<Integer> sensitiveSteps) {

  /** Nothing. */
  static final StepRequest NONE =
      new StepRequest(Optional.empty(), Optional.empty(), Optional.empty());

  boolean isEmpty() {
    return localRates.isEmpty() && runningExponents.isEmpty() && sensitiveSteps.isEmpty();
  }

  /** The option that names a file, of which several snapshots would each write their own. */
  Optional<String> singleFileOption() {
    return localRates
        .map(_ -> "--local-rates")
        .or(() -> runningExponents.map(_ -> "--running-exponents"));
  }

  /** Writes the files and ranks the steps. */
  Optional<List<SensitiveStep>> answer(LocalRates rates, Snapshot snapshot) {
    localRates.ifPresent(file -> write(file, snapshot, rates.rates()));
    runningExponents.ifPresent(file -> write(file, snapshot, rates.running()));
    return sensitiveSteps.map(rates::mostSensitive);
  }

  private static void write(Path file, Snapshot snapshot, Tensor tensor) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("lyascope.run", snapshot.run());
    metadata.put("lyascope.attempt", Integer.toString(snapshot.attempt()));
    metadata.put("lyascope.step", Long.toString(snapshot.step()));
    try {
      Files.write(file, TensorFile.of(metadata, List.of(tensor)).write());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
