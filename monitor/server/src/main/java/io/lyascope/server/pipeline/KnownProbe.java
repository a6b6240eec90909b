package io.lyascope.server.pipeline;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.RefusedException;
import java.util.Optional;

/** What is known about a run's probe once one has arrived. */
sealed interface KnownProbe {

  /** The memory that it takes. */
  int bytes();

  /** Where its inputs come from, as far as it could be read. */
  Optional<String> source();

  /** A probe that can be used. */
  record Usable(Probe probe, int bytes) implements KnownProbe {
    @Override
    public Optional<String> source() {
      return Optional.of(probe.source());
    }
  }

  /** A probe that is wrong; every snapshot of the run is refused for it. */
  record Broken(RefusedException reason) implements KnownProbe {
    @Override
    public int bytes() {
      return 0;
    }

    @Override
    public Optional<String> source() {
      return Optional.empty();
    }
  }
}
