package io.lyascope.server.cli;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Something that {@code analyze} does with all its feed-forward networks together. */
sealed interface EnsembleTask permits EntropyTask, FieldTask {

  /**
   * Does it.
   *
   * @param probe of the first of the networks
   * @return what is to be printed, if anything
   * @throws io.lyascope.snapshot.RefusedException where the networks do not allow it
   */
  Optional<EnsembleResult> run(List<Snapshot> networks, Probe probe, Protocol protocol);
}
