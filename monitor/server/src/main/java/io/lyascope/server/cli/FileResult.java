package io.lyascope.server.cli;

import io.lyascope.server.reading.Reading.Outcome;
import io.lyascope.snapshot.Snapshot;
import java.util.Optional;

/**
 * What became of one file. Holds nothing of the weights, since there may be many files.
 *
 * @param file as the user wrote it
 * @param identity empty if the file could not be read
 */
record FileResult(String file, Optional<Identity> identity, Outcome outcome) {

  /** What the file says it is. */
  record Identity(String run, int attempt, long step, String cell) {

    static Identity of(Snapshot snapshot) {
      return new Identity(
          snapshot.run(), snapshot.attempt(), snapshot.step(), snapshot.architecture().cell());
    }
  }
}
