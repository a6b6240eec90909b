package io.lyascope.server.demo;

import io.lyascope.snapshot.RunCommand;
import java.util.Optional;

/** Tells a replayed run whether somebody wants it to stop. */
public interface Stops {

  /** A replay that nobody can stop. */
  Stops NEVER = _ -> Optional.empty();

  /** The stop that holds for this run now; from the first question on the run is listened for. */
  Optional<RunCommand> wanted(String run);
}
