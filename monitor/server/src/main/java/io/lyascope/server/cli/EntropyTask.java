package io.lyascope.server.cli;

import io.lyascope.dynamics.Ensemble;
import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Says how uncertain the networks together are of the classes of the probe's inputs. */
record EntropyTask() implements EnsembleTask {

  @Override
  public Optional<EnsembleResult> run(List<Snapshot> networks, Probe probe, Protocol protocol) {
    return Optional.of(
        new EnsembleResult.Uncertain(Ensemble.of(networks).entropy(probe, protocol)));
  }
}
